import { Injectable } from '@nestjs/common';
import { Clock, dayOf } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { findItems } from '../catalogue/catalogue.repository.js';
import type { Institution } from '../institution/institution.js';
import { caseNoOfBill } from '../reimbursement/reported-bill.repository.js';
import type { Setting } from '../visit/visit.js';
import { splitSelfPayLine } from './rules/split-self-pay-line.js';
import type { GivenSelfPayLine, SelfPayBill, SelfPayLine, SelfPayVisit } from './self-pay-bill.js';
import {
  completeBill,
  findBill,
  keepLines,
  keepVisit,
  linesOfBill,
  lockBill,
  openBill,
  removeBill,
  removeLines,
} from './self-pay.repository.js';

/** 自费账单上传 (N61 H59): visit and lines in any order, until the hospital says that the bill is complete; then it stays. */
@Injectable()
export class KeepSelfPayBill {
  constructor(
    private readonly clock: Clock,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  async visit(
    tx: Transaction,
    institution: Institution,
    visitNo: string,
    setting: Setting,
    visit: SelfPayVisit,
  ): Promise<Outcome<SelfPayBill>> {
    const bill = await this.open(tx, institution, visitNo, setting);
    if (isRefusal(bill)) return bill;
    const number = visit.identityNumber.toUpperCase();
    const identity = { hash: this.identityNumbers.hash(number), encrypted: this.identityNumbers.encrypt(number) };
    await keepVisit(tx, bill.billId, visit, identity);
    return bill;
  }

  async lines(
    tx: Transaction,
    institution: Institution,
    visitNo: string,
    setting: Setting,
    given: readonly GivenSelfPayLine[],
  ): Promise<Outcome<SelfPayBill>> {
    const bill = await this.open(tx, institution, visitNo, setting);
    if (isRefusal(bill)) return bill;
    const known = new Map((await linesOfBill(tx, bill.billId)).map((line) => [line.lineNo, line]));
    const fresh: SelfPayLine[] = [];
    for (const one of given) {
      const on = dayOf(one.occurredAt);
      const item = (await findItems(tx, institution.area, [one.itemCode], on)).get(one.itemCode);
      const line = splitSelfPayLine(one, item, known.size + fresh.length);
      if (isRefusal(line)) return line;
      const before = known.get(line.lineNo);
      if (before !== undefined && !isSame(before, line)) return refuse('LINE_CHANGED', { line: line.lineNo });
      if (before === undefined) fresh.push(line);
    }
    if (fresh.length > 0) await keepLines(tx, bill.billId, fresh);
    return bill;
  }

  /** 上传完成: everything is there and adds up; from now on nothing of it changes. Twice is once. */
  async complete(tx: Transaction, institutionCode: string, visitNo: string): Promise<Outcome<undefined>> {
    const locked = await lockBill(tx, institutionCode, visitNo);
    if (locked?.completedAt instanceof Date) return undefined;
    const bill = await findBill(tx, institutionCode, visitNo);
    if (bill === undefined) return refuse('SELF_PAY_UNKNOWN', { visit: visitNo });
    const lines = await linesOfBill(tx, bill.billId);
    const missing = [
      ...(bill.name === null ? ['就诊信息'] : []),
      ...(bill.name !== null && bill.diagnoses.length === 0 ? ['诊断'] : []),
      ...(lines.length === 0 ? ['费用明细'] : []),
    ];
    if (missing.length > 0) return refuse('SELF_PAY_INCOMPLETE', { visit: visitNo, missing: missing.join('、') });
    if (bill.statedTotalFen !== null && bill.statedTotalFen !== bill.totalFen)
      return refuse('SELF_PAY_SUM_WRONG', { given: formatYuan(bill.statedTotalFen), sum: formatYuan(bill.totalFen) });
    await completeBill(tx, bill.billId, this.clock.now());
    return undefined;
  }

  async removeLines(
    tx: Transaction,
    institutionCode: string,
    visitNo: string,
    lineNo: string | null,
  ): Promise<Outcome<undefined>> {
    const bill = await lockBill(tx, institutionCode, visitNo);
    if (bill === undefined) return refuse('SELF_PAY_UNKNOWN', { visit: visitNo });
    if (bill.completedAt !== null) return refuse('SELF_PAY_COMPLETE', { visit: visitNo });
    await removeLines(tx, bill.billId, lineNo);
    return undefined;
  }

  /** 门诊误传删除: an outpatient bill is complete at once, so a slip is taken back on the same day or not at all. */
  async remove(tx: Transaction, institutionCode: string, visitNo: string): Promise<Outcome<undefined>> {
    const bill = await lockBill(tx, institutionCode, visitNo);
    if (bill?.setting !== 'outpatient') return refuse('SELF_PAY_UNKNOWN', { visit: visitNo });
    if (bill.completedAt !== null && dayOf(bill.completedAt) !== this.clock.today())
      return refuse('SELF_PAY_COMPLETE', { visit: visitNo });
    const caseNo = await caseNoOfBill(tx, bill.billId);
    if (caseNo !== undefined) return refuse('SELF_PAY_REIMBURSING', { visit: visitNo, caseNo });
    await removeBill(tx, bill.billId);
    return undefined;
  }

  private async open(
    tx: Transaction,
    { institutionCode, area }: Institution,
    hospitalVisitNo: string,
    setting: Setting,
  ): Promise<Outcome<SelfPayBill>> {
    const wanted = { institutionCode, treatmentArea: area, hospitalVisitNo, setting };
    const bill = await openBill(tx, wanted, this.clock.now());
    if (bill.completedAt !== null) return refuse('SELF_PAY_COMPLETE', { visit: hospitalVisitNo });
    return bill.setting === setting
      ? bill
      : refuse('WRONG_SETTING', { visitId: hospitalVisitNo, action: '上传自费费用' });
  }
}

const isSame = (a: SelfPayLine, b: SelfPayLine): boolean =>
  a.itemCode === b.itemCode && a.price === b.price && a.quantity === b.quantity && a.totalFen === b.totalFen;
