export interface Step {
  /** Adds where the step stands, for example how many services are ready. */
  detail(now: string): void;
  /** Ends the step; answers the seconds it took. */
  done(): number;
  failed(): number;
}

/** Shows a step on stderr when it takes longer than a second. */
export function startStep(text: string): Step;
