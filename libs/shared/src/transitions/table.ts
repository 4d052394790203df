/** One row of a lifecycle: on which event a thing goes from one state to another, and by which article. */
export interface TransitionRow<State extends string, Event extends string> {
  readonly from: State;
  readonly on: Event;
  readonly to: State;
  readonly article: string;
}

/** A lifecycle as a table. Nothing else may change a status. */
export interface TransitionTable<State extends string, Event extends string> {
  readonly rows: readonly TransitionRow<State, Event>[];
  /** The state after the event, or undefined where the table has no such row: the event is not allowed. */
  next(state: State, event: Event): State | undefined;
  allows(state: State, event: Event): boolean;
}

/** Builds a lifecycle and refuses a table that is not one: two rows for one pair, or an event that changes nothing. */
export function table<State extends string, Event extends string>(
  rows: readonly TransitionRow<State, Event>[],
): TransitionTable<State, Event> {
  const index = new Map<string, State>();
  for (const { from, on, to } of rows) {
    const key = `${from} ${on}`;
    if (index.has(key)) throw new Error(`two transitions for ${key}`);
    index.set(key, to);
  }
  return {
    rows,
    next: (state, event) => index.get(`${state} ${event}`),
    allows: (state, event) => index.has(`${state} ${event}`),
  };
}

/** What is wrong with a lifecycle as a whole: a state that nothing reaches. For the shared test. */
export function unreachableStates<State extends string, Event extends string>(
  lifecycle: TransitionTable<State, Event>,
  initial: readonly State[],
): State[] {
  const reached = new Set<State>(initial);
  for (let grown = true; grown;) {
    const before = reached.size;
    for (const { from, to } of lifecycle.rows) if (reached.has(from)) reached.add(to);
    grown = reached.size > before;
  }
  const all = new Set(lifecycle.rows.flatMap(({ from, to }) => [from, to]));
  return [...all].filter((state) => !reached.has(state));
}
