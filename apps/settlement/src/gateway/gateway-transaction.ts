import type { Transaction } from '#shared/database';
import type { Outcome } from '#shared/errors';
import type { AnswerFrom, FormOf, Infno, ReadEnvelope, RequestOf } from '#shared/national-interface';
import type { Institution } from '../institution/institution.js';

/** 一次交易: a message whose signature is good, from an institution that we know, read by the form of its number. */
export interface GatewayCall<I extends Infno = Infno> {
  readonly infno: I;
  readonly msgid: string;
  readonly envelope: ReadEnvelope;
  readonly institution: Institution;
  readonly receivedAt: Date;
  readonly input: RequestOf<FormOf<I>>;
}

/** 文件应答 of 9102. */
export interface GatewayFile {
  readonly name: string;
  readonly content: Uint8Array;
}

type Done<I extends Infno> = Promise<Outcome<AnswerFrom<FormOf<I>>>>;

/**
 * What a transaction number does, by its kind: a query changes nothing and may be asked again freely; `once` works in a
 * transaction in which its answer is kept; `committed` hands its answer to the settlement committer.
 */
type HandlerOf<I extends Infno> = FormOf<I>['kind'] extends 'once'
  ? (call: GatewayCall<I>, tx: Transaction) => Done<I>
  : FormOf<I>['kind'] extends 'stream'
    ? (call: GatewayCall<I>) => Promise<Outcome<GatewayFile>>
    : (call: GatewayCall<I>) => Done<I>;

export type Handlers = { readonly [I in Infno]: HandlerOf<I> };

/** A part of the table, written where its use cases are. */
export abstract class GatewayTransactions {
  abstract readonly handlers: Partial<Handlers>;
}

export type Output = Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
