/** Who has to act so that the matter goes on (P5.2 H83). */
export type Actor = 'hospital' | 'patient' | 'homeAgency' | 'treatmentAgency' | 'caller' | 'system';

/** One line of the error catalogue. Texts are plain Chinese; `{name}` is filled in from the arguments. */
export interface ErrorEntry {
  readonly who: Actor;
  readonly text: string;
  /** What to do next, in one short sentence. */
  readonly next: string;
  readonly http: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503;
  readonly articles: readonly string[];
}

/** Keeps the literal codes of a part of the catalogue as a type, so that an unknown code does not compile. */
export const defineErrors = <const T extends Record<string, ErrorEntry>>(entries: T): T => entries;

export const actorNames: Record<Actor, string> = {
  hospital: '定点医药机构',
  patient: '参保人',
  homeAgency: '参保地经办机构',
  treatmentAgency: '就医地经办机构',
  caller: '调用方',
  system: '系统运维',
};
