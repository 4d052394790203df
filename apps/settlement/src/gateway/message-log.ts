import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { EnvelopeProblem } from '#shared/national-interface';
import { lockMessage, releaseMessage, restartMessage, startMessage } from './message-log.repository.js';
import type { KnownMessage, MessageKey, MessageSubject } from './message-log.repository.js';

/** A message that has been running this long belongs to a process that died; its effect was rolled back with it. */
const abandonedAfterMs = 60_000;

export type Beginning =
  | { readonly kind: 'go' }
  | { readonly kind: 'known'; readonly answer: string }
  | { readonly kind: 'no'; readonly refusal: Refusal };

export interface LoggedMessage extends MessageSubject {
  readonly infno: string;
  /** What was asked, as it was read: two ways of writing the same amount are the same content. */
  readonly content: unknown;
}

/** 报文登记: a msgid is done once. The same content is answered alike for ever, another content is refused. */
@Injectable()
export class MessageLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  begin(key: MessageKey, message: LoggedMessage, state: 'query' | 'running'): Promise<Beginning> {
    const sha256 = contentHash(message);
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      if (await startMessage(tx, key, { ...message, sha256, state, at })) return { kind: 'go' };
      const known = await lockMessage(tx, key);
      if (known === undefined) return { kind: 'no', refusal: refuse('MESSAGE_RUNNING') };
      const beginning = decide(known, sha256, at);
      if (beginning.kind === 'go' && known.state !== 'query') await restartMessage(tx, key, at);
      return beginning;
    });
  }

  /** Nothing was done, so the same message may come again when the reason is gone. */
  release(key: MessageKey): Promise<void> {
    return this.database.transaction((tx) => releaseMessage(tx, key, this.clock.now()));
  }
}

/** What a message gets whose id was used before. */
function decide(known: KnownMessage, sha256: Buffer, at: Date): Beginning {
  const { msgid, state } = known;
  // A reversal that came first does not know the content of what it cancels.
  if (state === 'cancelled' || state === 'reversed')
    return { kind: 'no', refusal: refuse('MESSAGE_REVERSED', { msgid }) };
  if (!known.sha256.equals(sha256)) return { kind: 'no', refusal: refuse('MESSAGE_CHANGED', { msgid }) };
  if (state === 'done') return { kind: 'known', answer: known.answer ?? 'null' };
  const abandoned = Math.abs(at.getTime() - known.startedAt.getTime()) > abandonedAfterMs;
  return state === 'running' && !abandoned ? { kind: 'no', refusal: refuse('MESSAGE_RUNNING') } : { kind: 'go' };
}

const contentHash = ({ infno, content }: LoggedMessage): Buffer =>
  createHash('sha256').update(infno).update(canonical(content, 0)).digest();

const deepest = 40;

/** The content without what may differ between two sendings of one message: the order of keys. */
function canonical(value: unknown, depth: number): string {
  if (depth > deepest) throw new EnvelopeProblem(`报文嵌套超过 ${deepest} 层`);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one, depth + 1)}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
