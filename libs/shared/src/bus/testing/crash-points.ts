import { KafkaPort } from '../kafka-port.js';
import { SerialProducer } from '../kafka-producer.js';
import { countAndAnswer } from './probe-events.js';
import type { ProbeEffect } from './probe-events.js';

/** Where the process may die: at every step of a message on its way in, and of what it causes on its way out. */
export const crashPoints = [
  /** A message has come; the one before it is done, but Kafka does not know yet. */
  'received',
  /** Its inbox row is written, its effect is not. */
  'before-effect',
  /** Effect and what it causes are written, nothing is committed. */
  'after-effect',
  /** All of it is committed; Kafka does not know. */
  'committed',
  /** Answers are in the outbox, and about to be sent. */
  'before-send',
  /** Kafka has the answers, and the outbox still has them too. */
  'sent',
  /** A dead letter is kept, but not on its topic yet. */
  'before-dead-letter',
  /** It is on its topic; Kafka does not know that the message is done. */
  'dead-letter-sent',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

export interface Crash {
  readonly point: CrashPoint;
  /** Which time this point is reached. */
  readonly at: number;
}

/** Makes this process end by SIGKILL, as the kernel or an operator would end it; answers the effect to be handled with. */
export function dieAt(crash: Crash | undefined): ProbeEffect {
  let times = 0;
  const reached = (point: CrashPoint): void => {
    if (point !== crash?.point) return;
    times += 1;
    if (times === crash.at) process.kill(process.pid, 'SIGKILL');
  };
  watchConsumers(reached);
  watchProducers(reached);
  return async (event, tx, outbox) => {
    reached('before-effect');
    await countAndAnswer(event, tx, outbox);
    reached('after-effect');
  };
}

type Reached = (point: CrashPoint) => void;

function watchConsumers(reached: Reached): void {
  const consume = KafkaPort.prototype.consume;
  KafkaPort.prototype.consume = function (this: KafkaPort, options) {
    return consume.call(this, {
      ...options,
      handler: async (message, holding) => {
        reached('received');
        const done = await options.handler(message, holding);
        reached('committed');
        return done;
      },
    });
  };
}

function watchProducers(reached: Reached): void {
  const send = SerialProducer.prototype.send;
  SerialProducer.prototype.send = async function (this: SerialProducer, batches) {
    const dead = batches.some(({ topic }) => topic.endsWith('.dlq'));
    reached(dead ? 'before-dead-letter' : 'before-send');
    await send.call(this, batches);
    reached(dead ? 'dead-letter-sent' : 'sent');
  };
}
