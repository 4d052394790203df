import { Controller } from '@nestjs/common';
import { OnEvent, Outbox } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { clearingPeriodClosed, warningRaised } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { formatYuan, parseYuan } from '#shared/money';
import { PrepaymentRules } from '../prepayment-rules.js';
import { nextEpisode, usageOf } from './rules/warning-level.js';
import { usageByPayee } from './rules/usage-by-payee.js';
import type { PayeeUsage } from './rules/usage-by-payee.js';
import { insertWarning, keepCleared, lockEpisode, saveEpisode, usagePairs } from './usage.repository.js';

/** 预付金预警 (N23): measured on each signed clearing; a level is announced once per episode. */
@Controller()
export class ClearingPeriodConsumer {
  constructor(
    private readonly rules: PrepaymentRules,
    private readonly outbox: Outbox,
  ) {}

  @OnEvent(clearingPeriodClosed)
  async closed(event: Envelope<PayloadOf<typeof clearingPeriodClosed>>, tx: Transaction): Promise<void> {
    const { period, signedOn, pairs } = event.payload;
    await keepCleared(
      tx,
      period,
      signedOn,
      pairs.map(({ payer, payee, payable }) => ({ payer, payee, clearedFen: parseYuan(payable) })),
    );
    for (const usage of usageByPayee(await usagePairs(tx, period))) await this.judge(tx, period, signedOn, usage);
  }

  private async judge(
    tx: Transaction,
    period: string,
    signedOn: string,
    { payee, clearedFen, prepaymentFen }: PayeeUsage,
  ): Promise<void> {
    const level = await lockEpisode(tx, payee);
    const change = nextEpisode({ level }, clearedFen, prepaymentFen, this.rules.values, signedOn);
    await saveEpisode(tx, payee, change.level);
    if (change.raise === undefined) return;
    const { percent = '999.99' } = usageOf(clearedFen, prepaymentFen, this.rules.values, signedOn);
    const warningNo = `W${period.replace('-', '')}${payee}-${change.raise}`;
    const warning = { warningNo, period, payee, level: change.raise, percent, raisedOn: signedOn };
    await insertWarning(tx, { ...warning, clearedFen, prepaymentFen });
    await this.outbox.publish(tx, warningRaised, {
      aggregateId: payee,
      aggregateVersion: Number(period.replace('-', '')),
      payload: { ...warning, cleared: formatYuan(clearedFen), prepayment: formatYuan(prepaymentFen) },
    });
  }
}
