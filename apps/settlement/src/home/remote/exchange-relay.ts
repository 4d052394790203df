import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import { reconciliationMismatched } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { JsonLog } from '#shared/service';
import { CounterpartClient } from './counterpart-client.js';
import { Counterparts } from './counterparts.js';
import type { Exchange } from './exchange.js';
import { abandonOld, claimDue, markMatter, moveExchange } from './exchange.repository.js';
import type { DueExchange } from './exchange.repository.js';
import { deliveries } from './exchange.transitions.js';
import type { Undelivered } from './exchange.transitions.js';
import { exchangeDifference } from './exchange-difference.js';

const lookEveryMs = 1_000;
const abandonedAfterSeconds = 60;
const atOnce = 20;

/** 交换补送: tells the other side what it does not know yet, until it acknowledges; what stays open too long becomes a matter. */
@Injectable()
export class ExchangeRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private waiting = false;

  constructor(
    private readonly database: Database,
    private readonly counterparts: Counterparts,
    private readonly client: CounterpartClient,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: JsonLog,
  ) {}

  onApplicationBootstrap(): void {
    if (this.counterparts.all.length > 0)
      this.timer = setInterval(() => {
        this.wake();
      }, lookEveryMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.idle();
  }

  /** The rounds that were begun by now are over. */
  idle(): Promise<void> {
    return this.round;
  }

  /** Begins a round as soon as the running one is over; several calls are one. */
  wake(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.round = this.round
      .then(() => {
        this.waiting = false;
        return this.run();
      })
      .catch((error: unknown) => {
        this.log.error(error, undefined, 'exchange relay');
      });
  }

  /** One round: everything that is due is told once. */
  async run(abandonAfterSeconds = abandonedAfterSeconds): Promise<void> {
    const due = await this.database.transaction(async (tx) => {
      await abandonOld(tx, abandonAfterSeconds);
      return claimDue(tx, atOnce);
    });
    for (const exchange of due) if (!(await this.tell(exchange))) await this.openMatter(exchange);
  }

  /** Answers whether the other side knows now. */
  async tell(exchange: Exchange): Promise<boolean> {
    const counterpart = this.counterparts.named(exchange.counterpart);
    if (counterpart === undefined) return false;
    const { call, then } = deliveries[exchange.state as Undelivered];
    const body: unknown =
      exchange.state === 'owed' ? JSON.parse(exchange.request) : { exchangeId: exchange.exchangeId };
    const delivery = await this.client.send(counterpart, call, body);
    if (delivery.kind !== 'answered' || (delivery.answer as { done?: unknown }).done !== true) return false;
    await this.database.transaction(async (tx) => {
      if (await moveExchange(tx, exchange.exchangeId, then)) await this.closeMatter(tx, exchange);
    });
    return true;
  }

  private async openMatter(exchange: DueExchange): Promise<void> {
    const after = this.counterparts.named(exchange.counterpart)?.matterAfterMs ?? 0;
    if (exchange.openForSeconds * 1_000 < after) return;
    await this.database.transaction(async (tx) => {
      if (!(await markMatter(tx, exchange.exchangeId, true))) return;
      await this.outbox.publish(tx, reconciliationMismatched, exchangeDifference(exchange, 'open', this.clock.today()));
    });
  }

  private async closeMatter(tx: Transaction, exchange: Exchange): Promise<void> {
    if (!(await markMatter(tx, exchange.exchangeId, false))) return;
    await this.outbox.publish(
      tx,
      reconciliationMismatched,
      exchangeDifference(exchange, 'resolved', this.clock.today()),
    );
  }
}
