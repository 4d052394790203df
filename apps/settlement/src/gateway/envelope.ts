import { shanghaiDateTime } from '#shared/clock';
import { actorNames, describe } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { EnvelopeProblem, MessageNode } from './message-node.js';

/** 请求信封 of the national interface, as far as the gateway looks at it. */
export interface RequestEnvelope {
  readonly infno: string;
  readonly msgid: string;
  readonly institutionCode: string;
  /** 参保地 as the hospital says; empty before it knows. */
  readonly homeArea: string;
  readonly input: MessageNode;
}

export type Output = Record<string, unknown>;

/** 应答信封: always these six keys; 0 done, -1 unknown (reverse it), -2 refused (show it). */
export interface AnswerEnvelope {
  readonly infcode: 0 | -1 | -2;
  readonly inf_refmsgid: string;
  readonly refmsg_time: string;
  readonly respond_time: string;
  readonly err_msg: string;
  readonly output: Output | null;
}

export function readEnvelope(infno: string, body: unknown): RequestEnvelope {
  const envelope = MessageNode.of(body, '报文');
  const named = envelope.text('infno');
  if (named !== '' && named !== infno) throw new EnvelopeProblem('交易编号与地址不一致');
  return {
    infno,
    msgid: envelope.need('msgid', 64),
    institutionCode: envelope.need('fixmedins_code', 30),
    homeArea: envelope.text('insuplc_admdvs', 6),
    input: envelope.node('input'),
  };
}

const compact = (instant: Date): string =>
  shanghaiDateTime(instant).replace(/\D/g, '') + String(instant.getMilliseconds()).padStart(3, '0');

let serial = 0;

/** 接收方报文 ID: receiving area, time, serial number. */
function receiverMessageId(area: string, at: Date): string {
  serial = (serial + 1) % 10_000_000_000;
  return area.padEnd(6, '0') + compact(at).slice(0, 14) + String(serial).padStart(10, '0');
}

interface Reception {
  readonly area: string;
  readonly receivedAt: Date;
  readonly answeredAt: Date;
}

const frame = ({ area, receivedAt, answeredAt }: Reception) => ({
  inf_refmsgid: receiverMessageId(area, receivedAt),
  refmsg_time: compact(receivedAt),
  respond_time: compact(answeredAt),
});

export const successAnswer = (output: Output, reception: Reception): AnswerEnvelope => ({
  infcode: 0,
  ...frame(reception),
  err_msg: '',
  output,
});

/** One sentence for the screen: what is wrong, who acts, what to do next, and the code for the hotline. */
export function refusalAnswer(refusal: Refusal, reception: Reception): AnswerEnvelope {
  const { code, who, message, next } = describe(refusal);
  return {
    infcode: who === 'system' ? -1 : -2,
    ...frame(reception),
    err_msg: `[${code}] ${message}（${actorNames[who]}）${next}`,
    output: null,
  };
}
