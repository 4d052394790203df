import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock, dayOf } from '#shared/clock';
import { reconciliationMismatched } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, orThrow, RefusedException, refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { JsonLog } from '#shared/service';
import type { Counterpart } from '#shared/service';
import { findHomeSettlement } from '../home-book.repository.js';
import type { RefundRequest, ShareRequest } from '../home-side.js';
import { LocalHomeSide } from '../local-home-side.js';
import { Counterparts } from './counterparts.js';
import { exchangeDifference } from './exchange-difference.js';
import type { OpenExchange } from './exchange-difference.js';
import { closeEntry, enterDoor, keepAnswer, lockEntry, markUnheard } from './home-door.repository.js';
import type { DoorEntry } from './home-door.repository.js';
import { writeShare } from './home-wire.js';

/** What goes back in the letter. */
export type DoorAnswer =
  | { readonly granted: unknown }
  | { readonly done: true }
  | { readonly refused: string; readonly args: Refusal['args'] };

const done: DoorAnswer = { done: true };
const no = (refusal: Refusal): DoorAnswer => ({ refused: refusal.code, args: refusal.args });
const lookEveryMs = 5_000;

/**
 * 参保地侧入口: what another deployment's treatment side may ask of the home side here. Every call can come twice and in any order:
 * a settlement id is granted once, and a reversal that comes first is remembered.
 */
@Injectable()
export class HomeDoor implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly homeSide: LocalHomeSide,
    private readonly counterparts: Counterparts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: JsonLog,
  ) {}

  onApplicationBootstrap(): void {
    if (this.counterparts.all.length === 0) return;
    this.timer = setInterval(() => {
      this.openMatters().catch((error: unknown) => {
        this.log.error(error, undefined, 'home door');
      });
    }, lookEveryMs);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async trial(from: Counterpart, request: ShareRequest): Promise<DoorAnswer> {
    if (!this.isBetweenUs(from, request)) return no(refuse('EXCHANGE_NOT_OURS'));
    const share = await this.homeSide.trial(request);
    return isRefusal(share) ? no(share) : { granted: writeShare(share) };
  }

  /** 结算: granted and booked in one transaction; the same again gets the same answer. A refusal leaves nothing behind. */
  settle(from: Counterpart, request: ShareRequest, asked: string): Promise<DoorAnswer> {
    if (!this.isBetweenUs(from, request)) return Promise.resolve(no(refuse('EXCHANGE_NOT_OURS')));
    const { settlementId: exchangeId, homeArea, treatmentArea, institutionCode } = request;
    return this.orNothing(async (tx) => {
      const entry = { exchangeId, counterpart: from.name, request: asked, state: 'granted', answer: null } as const;
      if (!(await enterDoor(tx, { ...entry, homeArea, treatmentArea, institutionCode })))
        return this.knownAnswer(tx, from, exchangeId, asked);
      const [share] = await this.homeSide.settle(tx, [request]);
      if (share === undefined) throw new Error('every request has its answer');
      if (isRefusal(share)) return share;
      const granted = writeShare(share);
      await keepAnswer(tx, exchangeId, granted);
      return { granted };
    });
  }

  /** 冲正: what was granted under this id is taken back; what comes under it later is refused. */
  reverse(from: Counterpart, exchangeId: string): Promise<DoorAnswer> {
    return this.orNothing(async (tx) => {
      const nowhere = { homeArea: '000000', treatmentArea: '000000', institutionCode: '' };
      const tombstone = { exchangeId, counterpart: from.name, request: '', state: 'reversed', answer: null } as const;
      if (await enterDoor(tx, { ...nowhere, ...tombstone })) return done;
      const entry = await this.entryOf(tx, from, exchangeId);
      if (isRefusal(entry)) return entry;
      if (entry.state === 'reversed') return done;
      // Settled over there after all: a reversal cannot be meant.
      if (entry.state !== 'granted') return refuse('EXCHANGE_CHANGED');
      await this.takeBack(tx, exchangeId, `${exchangeId}-R`);
      await this.close(tx, entry, 'reversed');
      return done;
    });
  }

  /** 确认: the treatment side has settled what was granted. */
  confirm(from: Counterpart, exchangeId: string): Promise<DoorAnswer> {
    return this.orNothing(async (tx) => {
      const entry = await this.entryOf(tx, from, exchangeId);
      if (isRefusal(entry)) return entry;
      if (entry.state === 'reversed') return refuse('EXCHANGE_REVERSED');
      if (entry.state === 'granted') await this.close(tx, entry, 'confirmed');
      return done;
    });
  }

  /** 退费: the treatment side has refunded what was granted; also before its confirmation was heard. */
  refund(from: Counterpart, { settlementId, refundOf }: RefundRequest): Promise<DoorAnswer> {
    return this.orNothing(async (tx) => {
      const entry = await this.entryOf(tx, from, refundOf);
      if (isRefusal(entry)) return entry;
      if (entry.state === 'reversed') return refuse('EXCHANGE_REVERSED');
      if (entry.state === 'refunded') return done;
      await this.takeBack(tx, refundOf, settlementId);
      await this.close(tx, entry, 'refunded');
      return done;
    });
  }

  /** What was granted and never heard of again becomes a matter here too. */
  async openMatters(): Promise<void> {
    for (const { name, matterAfterMs } of this.counterparts.all) {
      await this.database.transaction(async (tx) => {
        for (const entry of await markUnheard(tx, name, matterAfterMs / 1_000)) await this.tell(tx, entry, 'open');
      });
    }
  }

  private async knownAnswer(
    tx: Transaction,
    from: Counterpart,
    exchangeId: string,
    asked: string,
  ): Promise<DoorAnswer | Refusal> {
    const entry = await this.entryOf(tx, from, exchangeId);
    if (isRefusal(entry)) return entry;
    if (entry.state === 'reversed') return refuse('EXCHANGE_REVERSED');
    return entry.request === asked ? { granted: entry.answer } : refuse('EXCHANGE_CHANGED');
  }

  /** A foreign exchange is simply not there. */
  private async entryOf(tx: Transaction, from: Counterpart, exchangeId: string): Promise<DoorEntry | Refusal> {
    const entry = await lockEntry(tx, exchangeId);
    return entry?.counterpart === from.name ? entry : refuse('SETTLEMENT_UNKNOWN');
  }

  private async takeBack(tx: Transaction, refundOf: string, settlementId: string): Promise<void> {
    const original = await findHomeSettlement(tx, refundOf);
    if (original === undefined) throw new Error(`${refundOf} was entered and never booked`);
    const { personNo, homeArea } = original;
    const settledAt = this.clock.now();
    const settledOn = dayOf(settledAt);
    await this.homeSide.refund(tx, { settlementId, refundOf, personNo, homeArea, settledOn, settledAt });
  }

  private async close(tx: Transaction, entry: DoorEntry, state: Exclude<DoorEntry['state'], 'granted'>): Promise<void> {
    if (await closeEntry(tx, entry.exchangeId, state)) await this.tell(tx, entry, 'resolved');
  }

  private tell(tx: Transaction, entry: OpenExchange, state: 'open' | 'resolved'): Promise<void> {
    return this.outbox.publish(tx, reconciliationMismatched, exchangeDifference(entry, state, this.clock.today()));
  }

  /** A refusal rolls back whatever was written before it; what is thrown is no answer, and leaves the caller in doubt. */
  private async orNothing(work: (tx: Transaction) => Promise<DoorAnswer | Refusal>): Promise<DoorAnswer> {
    try {
      return await this.database.transaction(async (tx) => orThrow(await work(tx)));
    } catch (error) {
      if (error instanceof RefusedException) return no(error.refusal);
      throw error;
    }
  }

  private isBetweenUs({ name }: Counterpart, { homeArea, treatmentArea }: ShareRequest): boolean {
    return this.counterparts.serving(homeArea) === undefined && this.counterparts.serving(treatmentArea)?.name === name;
  }
}
