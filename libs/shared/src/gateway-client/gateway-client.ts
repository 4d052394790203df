import { randomUUID } from 'node:crypto';
import { shanghaiDateTime } from '../clock/index.js';
import { hospitalSignature } from '../identity/index.js';
import { answerEnvelopeSchema, interfaceTable } from '../national-interface/index.js';
import type {
  AnswerEnvelope,
  AnswerFrom,
  FormOf,
  Infno,
  SentTo,
  TransactionForm,
} from '../national-interface/index.js';
import { Compile } from 'typebox/compile';

export interface ClientInstitution {
  readonly code: string;
  readonly name: string;
  readonly area: string;
}

export interface ClientCredential {
  readonly paasid: string;
  readonly secret: string;
}

export interface ClientOptions {
  /** Address of the gateway, for example http://127.0.0.1:7002. */
  readonly url: string;
  /** What stands between the address and the number; `/gateway` unless said otherwise. */
  readonly path?: string;
  readonly institution: ClientInstitution;
  readonly credential: ClientCredential;
  readonly now?: () => Date;
  /** How long an answer is waited for; without it as long as it takes. */
  readonly deadlineMs?: number;
}

export interface SendOptions {
  /** 参保地, as 1101 answered it. */
  readonly home?: string;
  /** The message id of an earlier sending, to ask again. */
  readonly msgid?: string;
  readonly signNo?: string;
  /** Sends the A edition of the number. */
  readonly edition?: 'A';
  /** Headers beside those of the signature. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back over the wire; or that nothing came, so that nobody here knows whether it was done. */
export type Exchange =
  { readonly kind: 'answer'; readonly body: unknown } | { readonly kind: 'nothing'; readonly why: string };

/** How a transaction ended for which no answer may have come: done, refused, or made to count as never done. */
export type SureOutcome<I extends Infno> =
  | { readonly kind: 'answered'; readonly answer: ClientAnswer<I> }
  | { readonly kind: 'reversed'; readonly msgid: string }
  | { readonly kind: 'unclear'; readonly msgid: string; readonly why: string };

/** An answer: done with its output, or not done with one sentence for the screen. */
export type ClientAnswer<I extends Infno> = Omit<AnswerEnvelope, 'output' | 'infcode'> &
  (
    | { readonly infcode: 0; readonly output: AnswerFrom<FormOf<I>> }
    | { readonly infcode: -1 | -2; readonly output: null }
  );

/** The gateway answered in a form that the interface does not have. */
export class AnswerOutsideInterface extends Error {}

const envelope = Compile(answerEnvelopeSchema);

/** 医院端: sends the envelope of the national interface with its signature, and checks every answer against its schema. */
export class GatewayClient {
  /** Counted over all clients of a process, so that two of one institution do not use the same number. */
  private static sequence = 0;

  constructor(private readonly options: ClientOptions) {}

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  /** 发送方报文 ID: institution code, time, sequence. */
  newMessageId(): string {
    GatewayClient.sequence = (GatewayClient.sequence + 1) % 10_000;
    const time = shanghaiDateTime(this.now()).replace(/\D/g, '');
    return `${this.options.institution.code}${time}${String(GatewayClient.sequence).padStart(4, '0')}`;
  }

  envelopeOf(infno: string, input: unknown, options: SendOptions): Record<string, unknown> {
    const { institution } = this.options;
    return {
      infno,
      msgid: options.msgid ?? this.newMessageId(),
      mdtrtarea_admvs: institution.area,
      insuplc_admdvs: options.home ?? '',
      recer_sys_code: 'YIDI',
      infver: 'V1.0',
      opter_type: '1',
      opter: '001',
      opter_name: '收费员',
      inf_time: shanghaiDateTime(this.now()),
      fixmedins_code: institution.code,
      fixmedins_name: institution.name,
      sign_no: options.signNo ?? '',
      input,
    };
  }

  /** x-tif headers; each call has its own nonce. */
  signed(now = this.now()): Record<string, string> {
    const { paasid, secret } = this.options.credential;
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const nonce = randomUUID();
    return {
      'content-type': 'application/json',
      'x-tif-paasid': paasid,
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': hospitalSignature(secret, timestamp, nonce),
    };
  }

  async send<I extends Infno>(infno: I, input: SentTo<FormOf<I>>, options: SendOptions = {}): Promise<ClientAnswer<I>> {
    const response = await this.post(infno + (options.edition ?? ''), input, options);
    return checkedAnswer(infno, await response.json());
  }

  /** The same for any number and any gateway: what came back is not looked at, and no answer is an outcome too. */
  async exchange(infno: string, input: unknown, options: SendOptions = {}): Promise<Exchange> {
    try {
      return { kind: 'answer', body: await (await this.post(infno, input, options)).json() };
    } catch (error) {
      return { kind: 'nothing', why: error instanceof Error ? error.message : String(error) };
    }
  }

  /**
   * 结果不明即冲正: a transaction that moves money and is never left open. Where no answer came, or −1, it is reversed by
   * 2601 under the same message id; 'unclear' means that not even the reversal was answered and must be sent again later.
   */
  async sendSurely<I extends Infno>(
    infno: I,
    input: SentTo<FormOf<I>>,
    options: SendOptions & { readonly personNo: string },
  ): Promise<SureOutcome<I>> {
    const msgid = options.msgid ?? this.newMessageId();
    const sent = await this.exchange(infno, input, { ...options, msgid });
    if (sent.kind === 'answer') {
      const answer = checkedAnswer(infno, sent.body);
      if (answer.infcode !== -1) return { kind: 'answered', answer };
    }
    const reversal = { data: { psn_no: options.personNo, omsgid: msgid, oinfno: infno } };
    const { home } = options;
    const reversed = await this.exchange('2601', reversal, home === undefined ? {} : { home });
    if (reversed.kind === 'nothing') return { kind: 'unclear', msgid, why: reversed.why };
    const { infcode, err_msg } = checkedAnswer('2601', reversed.body);
    return infcode === 0 ? { kind: 'reversed', msgid } : { kind: 'unclear', msgid, why: err_msg };
  }

  private post(infno: string, input: unknown, options: SendOptions): Promise<Response> {
    const { url, path = '/gateway', deadlineMs } = this.options;
    return fetch(`${url}${path}/${infno}`, {
      method: 'POST',
      headers: { ...this.signed(), ...options.headers },
      body: JSON.stringify(this.envelopeOf(infno, input, options)),
      ...(deadlineMs === undefined ? {} : { signal: AbortSignal.timeout(deadlineMs) }),
    });
  }

  /** 9102: the file itself, or the refusal. */
  async download(fileNo: string, filename: string): Promise<Uint8Array | ClientAnswer<'9102'>> {
    const input = { fsDownloadIn: { file_qury_no: fileNo, filename, fixmedins_code: this.options.institution.code } };
    const response = await this.post('9102', input, {});
    if (response.headers.get('content-type') === 'application/octet-stream')
      return new Uint8Array(await response.arrayBuffer());
    return checkedAnswer('9102', await response.json());
  }
}

/** The answer as typed value; anything else is a bug of the gateway. */
export function checkedAnswer<I extends Infno>(infno: I, answer: unknown): ClientAnswer<I> {
  const problems = answerProblems(infno, answer);
  if (problems.length > 0) throw new AnswerOutsideInterface(`${infno}: ${problems.join('; ')}`);
  return answer as ClientAnswer<I>;
}

/** What is wrong with an answer to a transaction, envelope and output; empty when it is right. */
export function answerProblems(infno: Infno, answer: unknown): string[] {
  if (!envelope.Check(answer))
    return envelope.Errors(answer).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  const form: TransactionForm = interfaceTable[infno];
  if (answer.infcode === 0) return answer.output === null ? ['output is null'] : form.answerProblems(answer.output);
  return answer.output === null && /^\[[A-Z][A-Z0-9_]+\] /.test(answer.err_msg) ? [] : ['a failure without its code'];
}
