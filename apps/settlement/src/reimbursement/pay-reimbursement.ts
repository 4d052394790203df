import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers, maskIdentityNumber, samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { checkBankDetails } from '#shared/payments';
import type { BankDetails } from '#shared/payments';
import { findPerson } from '../person/known-person.repository.js';
import { lockOwnCase, nextCaseState } from './case-access.js';
import { markPaid } from './case-money.repository.js';
import { payableOf } from './reimbursement-case.js';
import type { ReimbursementCase } from './reimbursement-case.js';
import { moveCase } from './reimbursement.repository.js';

/** 收款账户 of the person, as the clerk reads it from the card. */
export interface GivenPayee {
  readonly holder: string;
  readonly bankName: string;
  readonly account: string;
}

/** 报销支付与办结 (N61): to the person's own bank account, with the bank's proof, by somebody else than who approved. */
@Injectable()
export class PayReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly numbers: IdentityNumbers,
  ) {}

  /** The same payment again is the same; another one is refused. */
  pay(
    caseNo: string,
    payee: GivenPayee,
    given: Partial<BankDetails>,
    caller: Caller,
  ): Promise<Outcome<ReimbursementCase>> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const found = await lockOwnCase(tx, caseNo, caller);
      if (isRefusal(found)) return found;
      const accountHash = this.numbers.hash(payee.account);
      if (found.state === 'paid' && isSamePayment(found, accountHash, given)) return found;
      const state = nextCaseState(found, 'pay');
      if (isRefusal(state)) return state;
      if (payableOf(found.figures) === 0n) return refuse('REIMBURSEMENT_NOTHING_TO_PAY', { caseNo });
      const same = samePerson(found.approvedBy ?? '', caller.subject);
      if (same !== undefined) return same;
      const person = await findPerson(tx, found.personNo);
      if (person?.name !== payee.holder.trim()) return refuse('REIMBURSEMENT_PAYEE_DIFFERS');
      const bank = checkBankDetails(given, found.approvedOn ?? today, today);
      if (isRefusal(bank)) return bank;
      const { holder, bankName, account } = payee;
      const kept = { maskedAccount: maskIdentityNumber(account), encryptedAccount: this.numbers.encrypt(account) };
      await markPaid(tx, caseNo, { holder: holder.trim(), bankName, accountHash, ...kept }, bank, caller.subject);
      return moveCase(tx, found, { event: 'pay', to: state, by: caller.subject, at: this.clock.now() });
    });
  }

  /** 办结: when the person has the money, or when there was none to pay. */
  close(caseNo: string, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    return this.database.transaction(async (tx) => {
      const found = await lockOwnCase(tx, caseNo, caller);
      if (isRefusal(found)) return found;
      const state = nextCaseState(found, 'close');
      if (isRefusal(state)) return state;
      const payableFen = payableOf(found.figures);
      if (found.state === 'approved' && payableFen > 0n)
        return refuse('REIMBURSEMENT_TO_PAY', { caseNo, amount: formatYuan(payableFen) });
      return moveCase(tx, found, { event: 'close', to: state, by: caller.subject, at: this.clock.now() });
    });
  }
}

const isSamePayment = ({ payee, bank }: ReimbursementCase, accountHash: string, given: Partial<BankDetails>): boolean =>
  payee?.accountHash === accountHash &&
  bank?.transactionNo === given.transactionNo &&
  bank?.transactionDate === given.transactionDate;
