import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** The contract of one kind of event: what two services say to each other. A change is a new version. */
export interface EventContract<P = unknown> {
  readonly topic: string;
  readonly type: string;
  readonly version: number;
  readonly schema: TSchema;
  /** The golden example; docs/events.md and the contract tests are made from it. */
  readonly example: P;
  check(value: unknown): value is P;
  /** What is wrong with a payload, one line each, without its values. */
  problems(value: unknown): string[];
}

export type PayloadOf<C> = C extends EventContract<infer P> ? P : never;

export function defineEvent<S extends TSchema>(definition: {
  topic: string;
  version: number;
  schema: S;
  example: Static<S>;
}): EventContract<Static<S>> {
  const compiled = Compile(definition.schema);
  return {
    ...definition,
    type: definition.topic,
    check: (value: unknown): value is Static<S> => compiled.Check(value),
    problems: (value: unknown) =>
      compiled.Errors(value).map((error) => `${error.instancePath || '/'} ${error.message}`),
  };
}
