import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { transferConfirmed } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { checkBankDetails } from '#shared/payments';
import type { BankDetails } from '#shared/payments';
import { book } from '../ledger/ledger.repository.js';
import { paymentEntry, receiptEntry } from './rules/transfer-entries.js';
import type { Transfer, TransferEvent } from './transfer.js';
import { lockTransfer, saveTransfer } from './transfer.repository.js';
import { transferStateNames, transferTransitions } from './transfer.transitions.js';

const eventNames: Record<TransferEvent, string> = {
  submit: '提交财政',
  pay: '付款',
  approve: '复核',
  return: '退回',
  confirm: '确认到账',
};

/** 划拨办理 (N21 N22 N26 N48): submitted by the payer, paid by one person, approved by another, received by the payee. */
@Injectable()
export class MoveTransfer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
    private readonly outbox: Outbox,
  ) {}

  submit(transferNo: string, caller: Caller): Promise<Outcome<Transfer>> {
    return this.step(transferNo, 'submit', caller, async (tx, moved, today) => {
      await this.meet(tx, moved, 'to-finance', today);
      return moved;
    });
  }

  pay(transferNo: string, given: Partial<BankDetails>, caller: Caller): Promise<Outcome<Transfer>> {
    return this.step(transferNo, 'pay', caller, (_tx, moved, today) => {
      const bank = checkBankDetails(given, moved.openedOn, today);
      return Promise.resolve(isRefusal(bank) ? bank : { ...moved, bank, paidBy: caller.subject });
    });
  }

  approve(transferNo: string, caller: Caller): Promise<Outcome<Transfer>> {
    return this.step(transferNo, 'approve', caller, async (tx, moved, today) => {
      const same = samePerson(moved.paidBy ?? '', caller.subject);
      if (same !== undefined) return same;
      await book(tx, paymentEntry(moved, today));
      await this.meet(
        tx,
        moved,
        moved.purpose === 'area-collection'
          ? 'areas-pay'
          : moved.purpose === 'area-distribution'
            ? 'pay-out'
            : 'transfer',
        today,
      );
      return moved;
    });
  }

  /** 退回付款 (N22): what was entered does not agree with the bank's slip; it is entered again. */
  sendBack(transferNo: string, caller: Caller): Promise<Outcome<Transfer>> {
    return this.step(transferNo, 'return', caller, (_tx, moved) =>
      Promise.resolve({ ...moved, bank: null, paidBy: null }),
    );
  }

  confirm(transferNo: string, caller: Caller): Promise<Outcome<Transfer>> {
    return this.step(transferNo, 'confirm', caller, async (tx, moved, today) => {
      const { bank, purpose, period, payer, payee, amountFen } = moved;
      if (bank === null) throw new Error(`${transferNo} was approved without bank details`);
      await book(tx, receiptEntry(moved, today));
      await this.meet(tx, moved, 'report', today);
      await this.outbox.publish(tx, transferConfirmed, {
        aggregateId: transferNo,
        aggregateVersion: moved.version + 1,
        payload: {
          transferNo,
          purpose,
          payer,
          payee,
          ...bank,
          amount: formatYuan(amountFen),
          confirmedOn: today,
          period: purpose === 'prepayment' ? null : period,
        },
      });
      return { ...moved, confirmedOn: today };
    });
  }

  private step(
    transferNo: string,
    event: TransferEvent,
    caller: Caller,
    work: (tx: Transaction, moved: Transfer, today: Day) => Promise<Outcome<Transfer>>,
  ): Promise<Outcome<Transfer>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const transfer = await lockTransfer(tx, transferNo);
      const acts = event === 'confirm' ? transfer?.payee : transfer?.payer;
      if (transfer === undefined || (caller.agency !== transfer.payer && caller.agency !== transfer.payee))
        return refuse('NOT_FOUND', { what: '该划拨' });
      if (caller.agency !== acts) return refuse('NOT_YOUR_AREA', { area: acts ?? '' });
      const state = transferTransitions.next(transfer.state, event);
      if (state === undefined)
        return refuse('WRONG_STATE', {
          what: '划拨',
          state: transferStateNames[transfer.state],
          action: eventNames[event],
        });
      const moved = await work(tx, { ...transfer, state }, today);
      if (!isRefusal(moved)) await saveTransfer(tx, moved);
      return moved;
    });
  }

  private meet(tx: Transaction, { payer, period, transferNo }: Transfer, kind: string, on: Day): Promise<void> {
    return this.obligations.meet(tx, { kind, owner: payer, subject: `${period}/${transferNo}` }, on);
  }
}
