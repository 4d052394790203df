import { Module } from '@nestjs/common';
import { DatedValues } from '#shared/rules';
import { LedgerController } from './ledger/ledger.controller.js';
import { PrepaymentRules } from './prepayment-rules.js';
import { FixQuotas } from './quota/fix-quotas.js';
import { QuotaController } from './quota/quota.controller.js';
import { ClearingNoticeConsumer } from './transfer/clearing-notice.consumer.js';
import { MoveTransfer } from './transfer/move-transfer.js';
import { OpenTransfer } from './transfer/open-transfer.js';
import { TransferController } from './transfer/transfer.controller.js';
import { ClearingPeriodConsumer } from './usage/clearing-period.consumer.js';
import { UsageController } from './usage/usage.controller.js';

/** 资金: quotas, usage and warnings, transfers, and the ledger in which each of them is booked. */
@Module({
  controllers: [
    QuotaController,
    TransferController,
    UsageController,
    LedgerController,
    ClearingNoticeConsumer,
    ClearingPeriodConsumer,
  ],
  providers: [
    { provide: PrepaymentRules, useFactory: () => new PrepaymentRules(DatedValues.load('funds/prepayment.yaml')) },
    ...[FixQuotas, OpenTransfer, MoveTransfer],
  ],
})
export class FundsModule {}
