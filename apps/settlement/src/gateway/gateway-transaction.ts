import type { Transaction } from '#shared/database';
import type { Outcome } from '#shared/errors';
import type { Institution } from '../institution/institution.js';
import type { Output, RequestEnvelope } from './envelope.js';

/** 一次交易: a message whose signature is good, from an institution that we know. */
export interface GatewayCall extends RequestEnvelope {
  readonly institution: Institution;
  readonly receivedAt: Date;
}

/**
 * What a transaction number does. A query changes nothing and may be asked again freely; `once` works in a transaction in
 * which its answer is kept; `committed` hands its answer to the settlement committer.
 */
export type GatewayTransaction =
  | { readonly kind: 'query'; run(call: GatewayCall): Promise<Outcome<Output>> }
  | { readonly kind: 'once'; run(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> }
  | { readonly kind: 'committed'; run(call: GatewayCall): Promise<Outcome<Output>> };

export abstract class GatewayTransactions {
  abstract readonly table: Readonly<Record<string, GatewayTransaction>>;
}
