import type { TSchema } from 'typebox';

/** A message does not fit the interface; the detail names the field in words and never shows its content. */
export class EnvelopeProblem extends Error {
  constructor(readonly detail: string) {
    super(detail);
  }
}

/** What is wrong with the value of a field, in a few words that follow its name. */
export class Flaw {
  constructor(readonly words: string) {}
}

/** 必填: `needed` is refused when missing; `usual` is marked so in the interface but left out by some clients. */
export type Need = 'needed' | 'usual' | 'optional';

/**
 * 字段: one field of the interface, described once. Value is what the gateway works with, Sent what a client may write,
 * Answer what stands in an answer.
 */
export interface Field<Value = unknown, Sent = unknown, Answer = unknown> {
  readonly kind: 'field';
  readonly title: string;
  /** Type and length as the interface writes them: C30, N16,2, D, DT. */
  readonly form: string;
  readonly need: Need;
  /** 字典: the code table that the value is from. */
  readonly table: string | null;
  readonly aliases: readonly string[];
  /** How the value looks in an answer when it is not null. */
  readonly schema: TSchema;
  /** Reads a value that is there; empty texts never come here. */
  read(raw: unknown): Value | Flaw;
  /** Types only; never filled. */
  readonly types?: { readonly value: Value; readonly sent: Sent; readonly answer: Answer };
}

export type Fields = Readonly<Record<string, Field>>;

/** 节点: an object of fields, or a list of them. */
export interface Node<F extends Fields = Fields> {
  readonly kind: 'node';
  /** Some clients leave the node out and write its fields into `input` itself. */
  readonly flat?: boolean;
  readonly title: string;
  readonly fields: F;
  readonly need: Need;
  readonly aliases: readonly string[];
}
export interface List<F extends Fields = Fields> {
  readonly kind: 'list';
  readonly title: string;
  readonly fields: F;
  readonly need: Need;
  readonly aliases: readonly string[];
}

/** What `input` or `output` holds. */
export type Shape = Readonly<Record<string, Field | Node | List>>;

type ValueOf<F> = F extends Field<infer V, infer _S, infer _A> ? V : never;
type SentOf<F> = F extends Field<infer _V, infer S, infer _A> ? S : never;
type AnswerOf<F> = F extends Field<infer _V, infer _S, infer A> ? A : never;

type Part<F, Values, Nodes, Lists> = F extends Field ? Values : F extends Node ? Nodes : F extends List ? Lists : never;

/** What the gateway reads. */
export type Read<S> = {
  readonly [K in keyof S]: Part<
    S[K],
    ValueOf<S[K]>,
    S[K] extends Node<infer F> ? ReadNode<S[K], Read<F>> : never,
    S[K] extends List<infer F> ? readonly Read<F>[] : never
  >;
};
type ReadNode<N, V> = N extends { readonly need: 'optional' } ? V | null : V;

/** What a client sends: fields that may be missing are optional. */
export type Sent<S> = {
  readonly [K in keyof S as IsOptional<S[K]> extends true ? never : K]: SentPart<S[K]>;
} & { readonly [K in keyof S as IsOptional<S[K]> extends true ? K : never]?: SentPart<S[K]> | undefined };
type SentPart<P> = Part<
  P,
  SentOf<P>,
  P extends Node<infer F> ? Sent<F> : never,
  P extends List<infer F> ? readonly Sent<F>[] : never
>;
type IsOptional<P> = P extends Field
  ? undefined extends SentOf<P>
    ? true
    : false
  : P extends { readonly need: 'optional' }
    ? true
    : false;

/** What an answer holds: every key, null where there is nothing to say. */
export type Answer<S> = {
  readonly [K in keyof S]: Part<
    S[K],
    AnswerOf<S[K]>,
    S[K] extends Node<infer F> ? Answer<F> : never,
    S[K] extends List<infer F> ? readonly Answer<F>[] : never
  >;
};

type Absent<F> = F extends Field<infer V, infer S, infer A> ? Field<V | null, S | null | undefined, A | null> : never;

const weaker =
  (need: Need) =>
  <F extends Field>(field: F): Absent<F> =>
    ({ ...field, need }) as unknown as Absent<F>;

/** Not marked as mandatory in the interface; null where there is nothing. */
export const optional = weaker('optional');
/** Marked as mandatory in the interface, yet missing in some clients: its absence is tolerated. */
export const usual = weaker('usual');

/** Other spellings of the same key that clients use. */
export const alias = <F extends Field | Node | List>(part: F, ...aliases: readonly string[]): F => ({
  ...part,
  aliases,
});

export const node = <const F extends Fields>(title: string, fields: F) =>
  ({ kind: 'node', title, fields, need: 'needed', aliases: [] }) as const satisfies Node<F>;

export const list = <const F extends Fields>(title: string, fields: F) =>
  ({ kind: 'list', title, fields, need: 'needed', aliases: [] }) as const satisfies List<F>;

/** A node whose fields may stand in `input` itself. */
export const orFlat = <N extends Node>(one: N): N => ({ ...one, flat: true });

/** A list that may be missing or empty. */
export const optionalList = <const F extends Fields>(title: string, fields: F) =>
  ({ kind: 'list', title, fields, need: 'optional', aliases: [] }) as const satisfies List<F>;
