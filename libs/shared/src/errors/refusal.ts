import { catalogue } from './catalogue/index.js';
import type { ErrorCode } from './catalogue/index.js';
import type { Actor, ErrorEntry } from './entry.js';

export type RefusalArguments = Readonly<Record<string, string | number>>;

/** An expected "no": a value that a use case returns. What is thrown instead is a bug or a broken machine. */
export class Refusal<C extends ErrorCode = ErrorCode> {
  constructor(
    readonly code: C,
    readonly args: RefusalArguments = {},
  ) {}
}

export type Outcome<T, C extends ErrorCode = ErrorCode> = T | Refusal<C>;

export const refuse = <C extends ErrorCode>(code: C, args: RefusalArguments = {}): Refusal<C> =>
  new Refusal(code, args);

export const isRefusal = (value: unknown): value is Refusal => value instanceof Refusal;

/** Carries a refusal out of a controller to the exception filter; also rolls back a transaction on its way. */
export class RefusedException extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** The value itself, or the refusal thrown for the filter to answer. */
export function orThrow<T>(outcome: T): Exclude<T, Refusal> {
  if (isRefusal(outcome)) throw new RefusedException(outcome);
  return outcome as Exclude<T, Refusal>;
}

export interface ErrorAnswer {
  readonly code: ErrorCode;
  readonly who: Actor;
  readonly message: string;
  readonly next: string;
  readonly http: number;
  readonly articles: readonly string[];
}

const fill = (template: string, args: RefusalArguments): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));

/** A refusal in the words of the catalogue. */
export function describe(refusal: Refusal): ErrorAnswer {
  const entry: ErrorEntry = catalogue[refusal.code];
  return {
    code: refusal.code,
    who: entry.who,
    message: fill(entry.text, refusal.args),
    next: fill(entry.next, refusal.args),
    http: entry.http,
    articles: entry.articles,
  };
}
