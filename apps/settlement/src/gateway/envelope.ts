import { shanghaiDateTime } from '#shared/clock';
import { actorNames, describe } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import type { AnswerEnvelope } from '#shared/national-interface';
import type { Output } from './gateway-transaction.js';

const compact = (instant: Date): string =>
  shanghaiDateTime(instant).replace(/\D/g, '') + String(instant.getMilliseconds()).padStart(3, '0');

let serial = 0;

/** 接收方报文 ID: receiving area, time, serial number. */
function receiverMessageId(area: string, at: Date): string {
  serial = (serial + 1) % 10_000_000_000;
  return area.padEnd(6, '0') + compact(at).slice(0, 14) + String(serial).padStart(10, '0');
}

export interface Reception {
  readonly area: string;
  readonly receivedAt: Date;
  readonly answeredAt: Date;
  readonly warning?: string | undefined;
}

const frame = ({ area, receivedAt, answeredAt }: Reception) => ({
  inf_refmsgid: receiverMessageId(area, receivedAt),
  refmsg_time: compact(receivedAt),
  respond_time: compact(answeredAt),
});

const warning = (text: string | undefined): { warn_msg?: string } => (text === undefined ? {} : { warn_msg: text });

export const successAnswer = (output: Output, reception: Reception): AnswerEnvelope => ({
  infcode: 0,
  ...frame(reception),
  err_msg: '',
  output,
  ...warning(reception.warning),
});

const longestMessage = 500;

/** 结果不明: nobody can say yet whether it was done, so the hospital asks again or reverses. */
const isUnknownOutcome = (refusal: Refusal): boolean => describe(refusal).who === 'system';

/** One sentence for the screen: what is wrong, who acts, what to do next, and the code for the hotline. */
export function refusalAnswer(refusal: Refusal, reception: Reception): AnswerEnvelope {
  const { code, who, message, next } = describe(refusal);
  return {
    infcode: isUnknownOutcome(refusal) ? -1 : -2,
    ...frame(reception),
    err_msg: `[${code}] ${message}（${actorNames[who]}）${next}`.slice(0, longestMessage),
    output: null,
    ...warning(reception.warning),
  };
}
