import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Catch } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { lastValueFrom, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { EventContract } from '../contracts/index.js';
import type { Transaction } from '../database/index.js';
import type { DeadLetters } from './dead-letters.js';
import type { Envelope } from './envelope.js';
import { Inbox } from './inbox.js';
import type { InboxOptions, InboxResult } from './inbox.js';
import type { KafkaPort, RunningConsumer } from './kafka-port.js';

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

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => {
        callback();
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  private async start(): Promise<void> {
    const { kafka, groupId, topicPrefix, contracts } = this.options;
    const topics = contracts.map(({ topic }) => topicPrefix + topic);
    if (topics.length === 0) return;
    this.consumer = await kafka.consume(groupId, topics, async (message, holding) => {
      await this.inbox.take(message, holding);
    });
  }

  private async invoke(topic: string, event: Envelope, tx: Transaction): Promise<void> {
    const handler = this.getHandlerByPattern(topic);
    if (handler === null) throw new Error(`nobody handles ${topic}`);
    const result: unknown = await handler(event, tx);
    await lastValueFrom(this.transformToObservable(Promise.resolve(result)), { defaultValue: undefined });
  }

  /** Takes the original bytes of a dead letter through the same inbox again. */
  async replay(id: bigint): Promise<InboxResult | undefined> {
    const letter = await this.options.deadLetters.find(id);
    if (letter === undefined) return undefined;
    const { topic, partition, messageOffset, key, headers, body } = letter;
    const result = await this.inbox.take(
      { topic: this.options.topicPrefix + topic, partition, offset: messageOffset, key, headers, value: body },
      { heartbeat: () => Promise.resolve(), stillOurs: () => true },
    );
    if (result === 'done' || result === 'already-done') await this.options.deadLetters.markReplayed(id);
    return result;
  }

  /** Healthy while Kafka is asked for messages; true for a service that reads no topic. */
  state(): { ok: boolean; reason: string } {
    if (this.options.contracts.length === 0) return { ok: true, reason: 'reads no topic' };
    if (this.consumer === undefined) return { ok: false, reason: 'consumer has not started' };
    const { running, reason, silentForMs } = this.consumer.state();
    if (!running) return { ok: false, reason };
    return silentForMs < 40_000
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
