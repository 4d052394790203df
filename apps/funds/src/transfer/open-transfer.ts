import { Injectable } from '@nestjs/common';
import { addWorkingDays } from '#shared/calendar';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { book } from '../ledger/ledger.repository.js';
import { PrepaymentRules } from '../prepayment-rules.js';
import { areasPayBy, transferDeadlines } from './rules/transfer-deadlines.js';
import { dueEntry } from './rules/transfer-entries.js';
import type { Transfer, TransferPurpose } from './transfer.js';
import { insertTransfer } from './transfer.repository.js';

export interface DueTransfer {
  readonly transferNo: string;
  readonly purpose: TransferPurpose;
  readonly period: string;
  readonly payer: string;
  readonly payee: string;
  readonly amountFen: Fen;
  readonly openedOn: Day;
  readonly returned: boolean;
  readonly source: string;
}

/** 划拨开立: what a notice or a quota makes due, booked at once, with the obligations of its chain (N22 N48 N49 H66). */
@Injectable()
export class OpenTransfer {
  constructor(
    private readonly obligations: ObligationBook,
    private readonly rules: PrepaymentRules,
  ) {}

  async execute(tx: Transaction, due: DueTransfer): Promise<Transfer> {
    const transfer: Transfer = { ...due, state: 'due', bank: null, paidBy: null, confirmedOn: null, version: 1 };
    await insertTransfer(tx, transfer);
    await book(tx, dueEntry(transfer, due.openedOn));
    await this.oblige(tx, transfer);
    return transfer;
  }

  private async oblige(
    tx: Transaction,
    { transferNo, purpose, period, payer, payee, openedOn }: Transfer,
  ): Promise<void> {
    const common = { owner: payer, ownerArea: payer, beneficiary: payee, subject: `${period}/${transferNo}`, openedOn };
    if (purpose === 'area-collection') {
      await this.obligations.open(tx, {
        ...common,
        kind: 'areas-pay',
        article: 'H66',
        dueOn: areasPayBy(openedOn, this.rules.values),
        hard: true,
      });
      return;
    }
    if (purpose === 'area-distribution') {
      const dueOn = addWorkingDays(openedOn, this.rules.values.numberOn('areasWorkingDays', openedOn));
      await this.obligations.open(tx, { ...common, kind: 'pay-out', article: 'N49', dueOn, hard: false });
      return;
    }
    const { toFinanceBy, transferBy, reportBy } = transferDeadlines(openedOn, this.rules.values);
    await this.obligations.open(tx, { ...common, kind: 'to-finance', article: 'N48', dueOn: toFinanceBy, hard: true });
    await this.obligations.open(tx, { ...common, kind: 'transfer', article: 'N48', dueOn: transferBy, hard: true });
    await this.obligations.open(tx, { ...common, kind: 'report', article: 'N48', dueOn: reportBy, hard: true });
  }
}
