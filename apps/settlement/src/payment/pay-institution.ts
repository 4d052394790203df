import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Month } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin, samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { sum } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { checkBankDetails } from '#shared/payments';
import type { BankDetails } from '#shared/payments';
import { keepCasePayments } from './case-payment.repository.js';
import { PayCases } from './pay-cases.js';
import { paymentStateNames, paymentTransitions } from './payment.js';
import type { InstitutionPayment } from './payment.js';
import {
  countUnpaid,
  insertPayment,
  lastPaymentFor,
  lockPayment,
  lockUnpaid,
  markPaid,
  takeDeclarations,
} from './payment.repository.js';

/** 费用拨付 (H50): by the 20th, by two people, with the bank's proof. */
@Injectable()
export class PayInstitution {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
    private readonly payCases: PayCases,
  ) {}

  /** 编制拨付单: what is final and in no payment yet; what is contested keeps the rest from nobody. The same again is the same. */
  prepare(institutionCode: string, month: Month, caller: Caller): Promise<Outcome<InstitutionPayment>> {
    return this.database.transaction(async (tx) => {
      const isOwn = ({ treatmentArea }: { treatmentArea: string }): boolean => isWithin(caller.scope, treatmentArea);
      const unpaid = (await lockUnpaid(tx, institutionCode, month)).filter(isOwn);
      const ready = unpaid.filter(({ final }) => final);
      const [first] = ready;
      if (first === undefined) {
        const known = await lastPaymentFor(tx, institutionCode, month);
        if (known !== undefined && isOwn(known)) return known;
        return unpaid.length > 0 ? refuse('NOT_ALL_FINAL', { month }) : refuse('NOT_FOUND', { what: '该机构的申报' });
      }
      const declaredFen = sum(ready.map((one) => one.declaredFen));
      const deductedFen = sum(ready.map((one) => one.deductedFen));
      const declarationIds = ready.map(({ declarationId }) => declarationId);
      const cases = await this.payCases.execute(tx, declarationIds);
      const methodDifferenceFen = sum(cases.map(({ differenceFen }) => differenceFen));
      const payment = await insertPayment(tx, {
        institutionCode,
        treatmentArea: first.treatmentArea,
        month,
        declaredFen,
        deductedFen,
        methodDifferenceFen,
        paidFen: declaredFen - deductedFen + methodDifferenceFen,
        state: 'prepared',
        preparedBy: caller.subject,
        preparedOn: this.clock.today(),
        approvedBy: null,
        bank: null,
        paidOn: null,
      });
      await takeDeclarations(tx, payment.paymentNo, declarationIds);
      await keepCasePayments(tx, payment, cases);
      return payment;
    });
  }

  approve(paymentNo: string, given: Partial<BankDetails>, caller: Caller): Promise<Outcome<InstitutionPayment>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const payment = await lockPayment(tx, paymentNo);
      if (payment === undefined || !isWithin(caller.scope, payment.treatmentArea))
        return refuse('NOT_FOUND', { what: '该拨付' });
      const state = paymentTransitions.next(payment.state, 'approve');
      if (state === undefined)
        return refuse('WRONG_STATE', { what: '拨付', state: paymentStateNames[payment.state], action: '复核' });
      const same = samePerson(payment.preparedBy, caller.subject);
      if (same !== undefined) return same;
      const bank = checkBankDetails(given, payment.preparedOn, today);
      if (isRefusal(bank)) return bank;
      const paid: InstitutionPayment = { ...payment, state, approvedBy: caller.subject, bank, paidOn: today };
      await markPaid(tx, paid);
      if ((await countUnpaid(tx, payment.treatmentArea, payment.month)) === 0) {
        await this.obligations.meet(tx, { kind: 'pay', owner: payment.treatmentArea, subject: payment.month }, today);
      }
      return paid;
    });
  }
}
