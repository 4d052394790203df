import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { lockMessage, releaseMessage, restartMessage, startMessage } from './message-log.repository.js';
import type { MessageKey } from './message-log.repository.js';

/** A message that has been running this long belongs to a process that died; its effect was rolled back with it. */
const abandonedAfterMs = 60_000;

export type Beginning =
  | { readonly kind: 'go' }
  | { readonly kind: 'known'; readonly answer: string }
  | { readonly kind: 'no'; readonly refusal: Refusal };

/** 报文登记: a msgid is done once. The same content is answered alike for ever, another content is refused. */
@Injectable()
export class MessageLog {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  begin(key: MessageKey, infno: string, content: unknown): Promise<Beginning> {
    const sha256 = createHash('sha256')
      .update(canonical([infno, content]))
      .digest();
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      if (await startMessage(tx, key, { infno, sha256, at })) return { kind: 'go' };
      const known = await lockMessage(tx, key);
      if (known === undefined) return { kind: 'no', refusal: refuse('MESSAGE_RUNNING') };
      if (!known.sha256.equals(sha256)) return { kind: 'no', refusal: refuse('MESSAGE_CHANGED', { msgid: key.msgid }) };
      if (known.state === 'done') return { kind: 'known', answer: known.answer ?? 'null' };
      const abandoned = Math.abs(at.getTime() - known.startedAt.getTime()) > abandonedAfterMs;
      if (known.state === 'running' && !abandoned) return { kind: 'no', refusal: refuse('MESSAGE_RUNNING') };
      await restartMessage(tx, key, at);
      return { kind: 'go' };
    });
  }

  release(key: MessageKey): Promise<void> {
    return this.database.transaction((tx) => releaseMessage(tx, key));
  }
}

/** The content without what may differ between two sendings of one message: the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
