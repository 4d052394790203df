import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { JsonLog, refusalOf } from '#shared/service';
import { InstitutionCredentials } from '../institution/institution-credentials.js';
import { findInstitution } from '../institution/institution.repository.js';
import { readEnvelope, refusalAnswer, successAnswer } from './envelope.js';
import type { AnswerEnvelope, Output } from './envelope.js';
import type { GatewayCall, GatewayTransaction, GatewayTransactions } from './gateway-transaction.js';
import { MessageLog } from './message-log.js';
import { finishMessages } from './message-log.repository.js';
import { EnvelopeProblem } from './message-node.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** 结算网关: who calls, which transaction, done once, and always an answer that a hospital system can act on. */
@Injectable()
export class Gateway {
  private readonly transactions = new Map<string, GatewayTransaction>();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly credentials: InstitutionCredentials,
    private readonly messages: MessageLog,
    private readonly log: JsonLog,
    groups: readonly GatewayTransactions[],
  ) {
    for (const { table } of groups) {
      for (const [infno, transaction] of Object.entries(table)) {
        if (this.transactions.has(infno)) throw new Error(`two transactions for ${infno}`);
        this.transactions.set(infno, transaction);
      }
    }
  }

  /** Never throws: what goes wrong inside becomes -1, so that the hospital runs a reversal. */
  async handle(infno: string, headers: Headers, body: unknown): Promise<AnswerEnvelope> {
    const receivedAt = this.clock.now();
    const reception = { area: '000000', receivedAt, answeredAt: receivedAt };
    try {
      const outcome = await this.take(infno, headers, body, receivedAt);
      const answeredAt = this.clock.now();
      return isRefusal(outcome)
        ? refusalAnswer(outcome, { ...reception, answeredAt })
        : successAnswer(outcome, { ...reception, answeredAt });
    } catch (error) {
      if (error instanceof EnvelopeProblem)
        return refusalAnswer(refuse('ENVELOPE_INVALID', { detail: error.detail }), reception);
      this.log.error(error, undefined, `gateway ${infno.slice(0, 10)}`);
      return refusalAnswer(refusalOf(error), reception);
    }
  }

  private async take(infno: string, headers: Headers, body: unknown, receivedAt: Date): Promise<Outcome<Output>> {
    const envelope = readEnvelope(infno, body);
    const owner = await this.credentials.identify(headers);
    if (isRefusal(owner)) return owner;
    if (owner !== envelope.institutionCode) return refuse('INSTITUTION_MISMATCH');
    // The A form of a transaction is a newer edition of the same; nothing that is offered here differs between them.
    const transaction = this.transactions.get(infno) ?? this.transactions.get(infno.replace(/A$/, ''));
    if (transaction === undefined) return refuse('UNKNOWN_TRANSACTION', { infno: infno.slice(0, 10) });
    const institution = await this.database.transaction((tx) => findInstitution(tx, owner));
    if (institution === undefined) return refuse('INSTITUTION_MISMATCH');
    const call: GatewayCall = { ...envelope, institution, receivedAt };
    return transaction.kind === 'query' ? transaction.run(call) : this.once(call, transaction);
  }

  private async once(
    call: GatewayCall,
    transaction: Exclude<GatewayTransaction, { kind: 'query' }>,
  ): Promise<Outcome<Output>> {
    const key = { institutionCode: call.institutionCode, msgid: call.msgid };
    const beginning = await this.messages.begin(key, call.infno, call.input.content);
    if (beginning.kind === 'known') return JSON.parse(beginning.answer) as Output;
    if (beginning.kind === 'no') return beginning.refusal;
    try {
      const outcome =
        transaction.kind === 'committed' ? await transaction.run(call) : await this.inTransaction(call, transaction);
      if (isRefusal(outcome)) await this.messages.release(key);
      return outcome;
    } catch (error) {
      await this.messages.release(key).catch((trouble: unknown) => {
        this.log.error(trouble, undefined, 'gateway release');
      });
      throw error;
    }
  }

  private inTransaction(
    call: GatewayCall,
    transaction: Extract<GatewayTransaction, { kind: 'once' }>,
  ): Promise<Outcome<Output>> {
    const { institutionCode, msgid } = call;
    return this.database.transaction(async (tx) => {
      const output = await transaction.run(call, tx);
      if (!isRefusal(output)) await finishMessages(tx, [{ institutionCode, msgid, answer: JSON.stringify(output) }]);
      return output;
    });
  }
}
