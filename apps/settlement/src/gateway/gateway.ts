import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, orThrow, RefusedException, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { baseInfno, elsewhere, EnvelopeProblem, interfaceTable, isInfno } from '#shared/national-interface';
import type { AnswerEnvelope, TransactionForm, TransactionKind } from '#shared/national-interface';
import { JsonLog, refusalOf } from '#shared/service';
import { IdentifyCaller } from './caller/identify-caller.js';
import { refusalAnswer, successAnswer } from './envelope.js';
import type { Reception } from './envelope.js';
import type { GatewayCall, GatewayFile, GatewayTransactions, Handlers, Output } from './gateway-transaction.js';
import { StopWatch } from '../planned-stop/stop-watch.js';
import { MessageLog } from './message-log.js';
import { finishMessages } from './message-log.repository.js';
import type { MessageKey } from './message-log.repository.js';
import { subjectOf } from './message-subject.js';
import { NotUtf8, readBody } from './read-body.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Answered = Outcome<Output | GatewayFile>;
/** A handler whose number is only known when it is called; the table gives each its own call. */
type Handler = (call: unknown, tx?: Transaction) => Promise<Answered>;

export type GatewayReply =
  | { readonly kind: 'envelope'; readonly envelope: AnswerEnvelope }
  | { readonly kind: 'file'; readonly file: GatewayFile };

interface Context {
  area: string;
  warning: string | undefined;
}

/** 结算网关: who calls, which transaction, done once, and always an answer that a hospital system can act on. */
@Injectable()
export class Gateway {
  private readonly handlers: Handlers;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly callers: IdentifyCaller,
    private readonly messages: MessageLog,
    private readonly stops: StopWatch,
    private readonly log: JsonLog,
    groups: readonly GatewayTransactions[],
  ) {
    const all: Record<string, unknown> = {};
    for (const { handlers } of groups) {
      for (const [infno, handler] of Object.entries(handlers)) {
        if (infno in all) throw new Error(`two transactions for ${infno}`);
        all[infno] = handler;
      }
    }
    const missing = Object.keys(interfaceTable).filter((infno) => !(infno in all));
    if (missing.length > 0) throw new Error(`nobody does ${missing.join(', ')}`);
    this.handlers = all as Handlers;
  }

  /** Never throws: what goes wrong inside becomes −1, so that the hospital asks again or runs a reversal. */
  async handle(infno: string, headers: Headers, body: Uint8Array): Promise<GatewayReply> {
    const receivedAt = this.clock.now();
    const context: Context = { area: '000000', warning: undefined };
    const reception = (): Reception => ({ ...context, receivedAt, answeredAt: this.clock.now() });
    try {
      const outcome = await this.take(infno, headers, body, receivedAt, context);
      if (isRefusal(outcome)) return envelope(refusalAnswer(outcome, reception()));
      return isFile(outcome) ? { kind: 'file', file: outcome } : envelope(successAnswer(outcome, reception()));
    } catch (error) {
      if (error instanceof EnvelopeProblem)
        return envelope(refusalAnswer(refuse('ENVELOPE_INVALID', { detail: error.detail }), reception()));
      if (error instanceof NotUtf8) return envelope(refusalAnswer(refuse('NOT_UTF8'), reception()));
      if (!(error instanceof RefusedException)) this.log.error(error, undefined, `gateway ${infno.slice(0, 10)}`);
      return envelope(refusalAnswer(refusalOf(error), reception()));
    }
  }

  private async take(
    infno: string,
    headers: Headers,
    body: Uint8Array,
    receivedAt: Date,
    context: Context,
  ): Promise<Answered> {
    if (!isMessageType(headers['content-type']))
      throw new EnvelopeProblem('报文的类型应为 application/json 或 text/plain');
    const message = readBody(body);
    const stated = message.envelope.infno;
    if (stated !== null && baseInfno(stated) !== baseInfno(infno)) throw new EnvelopeProblem('交易编号与地址不一致');
    const caller = await this.callers.execute({ ...message, headers });
    if (isRefusal(caller)) return caller;
    const { institution } = caller;
    context.area = institution.area;
    context.warning = caller.warning;
    const base = baseInfno(infno);
    const instead = elsewhere(base);
    if (instead !== undefined) return refuse('NOT_OFFERED', { infno: base, ...instead });
    if (!isInfno(base)) return refuse('UNKNOWN_TRANSACTION', { infno: infno.slice(0, 10) });
    const notSignedIn = base === '9001' ? undefined : await this.callers.needSignIn(message.envelope, institution);
    if (notSignedIn !== undefined) return notSignedIn;
    const form: TransactionForm = interfaceTable[base];
    const input = form.read(message.sent['input']);
    const { envelope: read } = message;
    const call = { infno: base, msgid: read.msgid, envelope: read, institution, receivedAt, input };
    return this.run(form.kind, call, context);
  }

  private async run(
    kind: TransactionKind,
    call: Omit<GatewayCall, 'input'> & { input: unknown },
    context: Context,
  ): Promise<Answered> {
    const { infno, msgid, institution, input } = call;
    const key = { institutionCode: institution.institutionCode, msgid };
    const asked = kind === 'query' || kind === 'stream';
    const logged = { infno, content: input, ...subjectOf(input) };
    const beginning = await this.messages.begin(key, logged, asked ? 'query' : 'running');
    if (beginning.kind === 'known') return JSON.parse(beginning.answer) as Output;
    if (beginning.kind === 'no') return beginning.refusal;
    const handler = this.handlers[infno] as unknown as Handler;
    try {
      // Looked at only now: a message that a stop does not see as running sees the stop.
      const stop = await this.stops.look();
      if (stop.notice !== undefined) context.warning = [context.warning ?? [], stop.notice].flat().join('；');
      if (asked) return await handler(call);
      const outcome = stop.refusal(infno, kind) ?? (await this.done(kind, handler, call, key));
      if (isRefusal(outcome)) await this.messages.release(key);
      return outcome;
    } catch (error) {
      if (asked) throw error;
      await this.messages.release(key).catch((trouble: unknown) => {
        this.log.error(trouble, undefined, 'gateway release');
      });
      throw error;
    }
  }

  private done(kind: TransactionKind, handler: Handler, call: unknown, key: MessageKey): Promise<Answered> {
    return kind === 'committed' ? handler(call) : this.inTransaction(handler, call, key);
  }

  /** A refusal rolls back whatever was written before it. */
  private async inTransaction(handler: Handler, call: unknown, key: MessageKey): Promise<Answered> {
    try {
      return await this.database.transaction(async (tx) => {
        const output = orThrow(await handler(call, tx));
        const { visitId } = subjectOf(output);
        await finishMessages(tx, [{ ...key, answer: JSON.stringify(output), visitId, at: this.clock.now() }]);
        return output;
      });
    } catch (error) {
      if (error instanceof RefusedException) return error.refusal;
      throw error;
    }
  }
}

/** Some clients send no type, or call JSON a text; forms and XML are something else. */
const isMessageType = (type: string | string[] | undefined): boolean =>
  typeof type !== 'string' || /^(application\/json|text\/(plain|json))\b/i.test(type);

const envelope = (answer: AnswerEnvelope): GatewayReply => ({ kind: 'envelope', envelope: answer });

const isFile = (outcome: Output | GatewayFile): outcome is GatewayFile =>
  'content' in outcome && outcome.content instanceof Uint8Array;
