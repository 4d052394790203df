import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Catch } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { lastValueFrom, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { EventContract } from '../contracts/index.js';
import type { Transaction } from '../database/index.js';
import type { DeadLetter, DeadLetters } from './dead-letters.js';
import type { Envelope } from './envelope.js';
import { Inbox } from './inbox.js';
import type { InboxOptions, InboxResult } from './inbox.js';
import type { IncomingMessage, RunningConsumer } from './kafka-messages.js';
import type { KafkaPort } from './kafka-port.js';

/** Nest hides the errors of event handlers behind "internal server error"; dead letters need the reason. */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

export interface BusServerOptions extends Pick<InboxOptions, 'database' | 'topicPrefix' | 'clock' | 'onTrouble'> {
  readonly kafka: KafkaPort;
  readonly groupId: string;
  readonly contracts: readonly EventContract[];
  readonly deadLetters: DeadLetters;
  readonly sessionTimeoutMs: number;
  /** Unhealthy when nothing was fetched for so long. */
  readonly watchdogMs: number;
}

/**
 * A Nest transport over Kafka batches, so that handlers stay ordinary `@EventPattern(contract.topic)` methods
 * `handle(@Payload() event, @Ctx() tx)`. Each message goes through the inbox; see there for what happens to bad ones.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private consumer: RunningConsumer | undefined;
  private readonly inbox: Inbox;

  constructor(private readonly options: BusServerOptions) {
    super();
    this.inbox = new Inbox({
      ...options,
      effectOf: (topic) => {
        const handler = this.getHandlerByPattern(topic);
        return handler === null ? undefined : (event, tx) => this.invoke(topic, event, tx);
      },
      deadLetter: (message, reason) => options.deadLetters.keep(message, reason),
    });
  }

  /** Does not wait for the group: after a crash Kafka first waits for the member that died, and health says so. */
  listen(callback: (error?: unknown) => void): void {
    const { kafka, groupId, topicPrefix, contracts, onTrouble, sessionTimeoutMs, watchdogMs } = this.options;
    if (contracts.length > 0) {
      this.consumer = kafka.consume({
        groupId,
        topics: contracts.map(({ topic }) => topicPrefix + topic),
        handler: async (message, holding) => (await this.inbox.take(message, holding)) !== undefined,
        onTrouble,
        sessionTimeoutMs,
        replaceAfterMs: 2 * watchdogMs,
      });
    }
    callback();
  }

  private async invoke(topic: string, event: Envelope, tx: Transaction): Promise<void> {
    const handler = this.getHandlerByPattern(topic);
    if (handler === null) throw new Error(`nobody handles ${topic}`);
    const result: unknown = await handler(event, tx);
    await lastValueFrom(this.transformToObservable(Promise.resolve(result)), { defaultValue: undefined });
  }

  /** Takes the original bytes of a dead letter through the same inbox again, or sends again what Kafka had refused. */
  async replay(id: bigint): Promise<InboxResult | undefined> {
    const { deadLetters } = this.options;
    const letter = await deadLetters.find(id);
    if (letter === undefined) return undefined;
    if (letter.direction === 'out') return (await deadLetters.sendAgain(letter)) ? 'done' : 'already-done';
    const result = await this.inbox.take(this.messageOf(letter), { heartbeat: async () => {}, stillOurs: () => true });
    if (result === 'done' || result === 'already-done') await deadLetters.markReplayed(id);
    return result;
  }

  private messageOf({ topic, partition, messageOffset, key, headers, body }: DeadLetter): IncomingMessage {
    return {
      topic: this.options.topicPrefix + topic,
      partition: partition ?? 0,
      offset: messageOffset ?? '0',
      key,
      headers,
      value: body,
    };
  }

  /** Healthy while Kafka is asked for messages; true for a service that reads no topic. */
  state(): { ok: boolean; reason: string } {
    if (this.options.contracts.length === 0) return { ok: true, reason: 'reads no topic' };
    if (this.consumer === undefined) return { ok: false, reason: 'consumer has not started' };
    const { running, reason, silentForMs } = this.consumer.state();
    if (!running) return { ok: false, reason };
    return silentForMs < this.options.watchdogMs
      ? { ok: true, reason: 'running' }
      : { ok: false, reason: `nothing fetched for ${silentForMs} ms` };
  }

  async close(): Promise<void> {
    await this.consumer?.stop();
  }

  override on(): void {
    throw new Error('the bus has no client events');
  }

  override unwrap<T>(): T {
    throw new Error('the broker stays behind its port');
  }
}
