/** 自检步骤: what was sent, what was expected, what came. */
export interface Step {
  readonly title: string;
  readonly infno: string;
  readonly msgid: string;
  readonly expected: string;
  readonly came: string;
  readonly passed: boolean;
  /** The input and the whole answer, certificate numbers masked; null where nothing came. */
  readonly sent: unknown;
  readonly answer: unknown;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly articles: string;
  readonly steps: readonly Step[];
  /** Why the case was not carried out or not to its end; null when it was. */
  readonly stopped: string | null;
  readonly passed: boolean;
}

export interface ConformanceReport {
  readonly ok: boolean;
  readonly url: string;
  readonly institution: string;
  readonly begunAt: string;
  readonly seconds: number;
  readonly cases: readonly CaseResult[];
}

/** The case cannot go on: what the next step needs is not there. */
export class CaseStopped extends Error {}
