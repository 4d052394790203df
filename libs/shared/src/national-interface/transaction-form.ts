import Type from 'typebox';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { answerSchema } from './answer-schema.js';
import type { Answer, List, Read, Sent, Shape } from './field.js';
import { readShape } from './read.js';

/**
 * How a transaction is done. A query changes nothing; `once` works in a transaction in which its answer is kept;
 * `committed` hands its answer to the settlement committer; a stream answers with a file.
 */
export type TransactionKind = 'query' | 'once' | 'committed' | 'stream';

/** 冲正: whether 2601 undoes it, and what to do where it does not. */
export type Reversal = 'undone' | 'nothing-to-undo' | { readonly instead: string };

/** `rows`: the output is the list itself; 5204 is read that way. */
export interface Rows {
  readonly rows: List;
}
export type AnswerShape = Shape | Rows;
export const isRows = (shape: AnswerShape): shape is Rows => 'rows' in shape;

/** 交易: one number of the interface, its request and its answer, described once. */
export interface TransactionForm<
  Q extends Shape = Shape,
  A extends AnswerShape = AnswerShape,
  K extends TransactionKind = TransactionKind,
> {
  readonly infno: string;
  readonly name: string;
  readonly kind: K;
  readonly request: Q;
  readonly answer: A;
  readonly reversal: Reversal;
  /** Addresses below /fsi/api/ under which the bus of some provinces reaches it, with the real misspellings. */
  readonly paths: readonly string[];
  /** What differs from the interface as others read it, in one sentence. */
  readonly note: string;
  readonly answerSchema: TSchema;
  read(input: unknown): Read<Q>;
  /** What is wrong with an answer, one line each; empty when it is right. */
  answerProblems(output: unknown): string[];
}

export type RequestOf<T> = T extends TransactionForm<infer Q, infer _A> ? Read<Q> : never;
export type SentTo<T> = T extends TransactionForm<infer Q, infer _A> ? Sent<Q> : never;
export type AnswerFrom<T> =
  T extends TransactionForm<infer _Q, infer A>
    ? A extends { readonly rows: List<infer F> }
      ? readonly Answer<F>[]
      : A extends Shape
        ? Answer<A>
        : never
    : never;

interface Given<Q extends Shape, A extends AnswerShape, K extends TransactionKind> {
  readonly name: string;
  readonly kind: K;
  readonly request: Q;
  readonly answer: A;
  readonly reversal?: Reversal;
  readonly paths?: readonly string[];
  readonly note?: string;
}

export function transaction<const Q extends Shape, const A extends AnswerShape, const K extends TransactionKind>(
  infno: string,
  given: Given<Q, A, K>,
): TransactionForm<Q, A, K> {
  const schema = schemaOf(given.answer);
  let compiled: ReturnType<typeof Compile> | undefined;
  return {
    reversal: given.kind === 'query' || given.kind === 'stream' ? 'nothing-to-undo' : { instead: '请核对后更正' },
    paths: [],
    note: '',
    ...given,
    infno,
    answerSchema: schema,
    read: (input) => readShape(given.request, input, 'input'),
    answerProblems: (output) => {
      compiled ??= Compile(schema);
      return compiled.Errors(output).map((error) => `${error.instancePath || '/'} ${error.message}`);
    },
  };
}

function schemaOf(answer: AnswerShape): TSchema {
  return isRows(answer) ? Type.Array(answerSchema(answer.rows.fields)) : answerSchema(answer);
}
