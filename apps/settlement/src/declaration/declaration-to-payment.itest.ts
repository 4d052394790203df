import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargesAudited } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { testCaller } from '#shared/testing';
import { PayInstitution } from '../payment/pay-institution.js';
import { sheetRows } from '../payment/payment.repository.js';
import { openDifference, resolveDifference } from '../reconciliation/reconciliation.repository.js';
import type { Settlement } from '../settlement/settlement.js';
import { answerTo, declare, findingOn, monthSums, state } from '../testing/declaring.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { AnswerAudit } from './answer-audit.js';
import { AuditDeclaration } from './audit-declaration.js';
import type { GivenFinding } from './audit-declaration.js';

const month = '2026-03';
const area = testCaller('310000', 'auditor');
const hospital = testCaller('310000', 'office', shanghai.institutionCode);
const bank = { bankName: '示例银行', transactionNo: 'TX20260420001', transactionDate: '2026-04-20' };
type Setting = 'inpatient' | 'outpatient';

describe('from the declaration to the payment', () => {
  let world: SettlementWorld;
  let stay: Settlement;
  let visits: Settlement[];
  const ids: Partial<Record<Setting, string>> = {};

  const audit = (setting: Setting, findings: GivenFinding[], caller = area) =>
    world.service.get(AuditDeclaration).execute(ids[setting] ?? '', findings, caller);
  const finding = (one: Settlement, amountFen: bigint, given: Partial<GivenFinding> = {}) =>
    findingOn(world, one, amountFen, given);
  const due = async (kind: string) =>
    (await world.service.obligations(kind)).map(({ owner, dueOn, metOn, state: how }) => [owner, dueOn, metOn ?? how]);

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    await world.service.moveTo('2026-03-30');
    await world.person({ personNo: 'P1', account: '1000.00' });
    visits = [await world.settled('P1', '400.00'), await world.settled('P1', '600.00')];
    stay = orThrow(await world.settle(world.command(await world.discharged('P1', '20000.00'), '20000.00')));
    visits.push(orThrow(await world.refund(visits[1] as Settlement)));
  });
  afterAll(() => world.stop());

  it('[H48] a month that is not over is not declared', async () => {
    world.service.setDay('2026-03-31', '23:59');
    await state(world, 'outpatient', '2026-03-30');
    expect(await declare(world, 'outpatient')).toMatchObject({ code: 'MONTH_NOT_OVER' });
  });

  it('[N38 H48 H49 H50] the first of the month opens the duties: 3rd, five working days over Qingming, five more, the 20th', async () => {
    await world.service.moveTo('2026-04-01');
    expect(await due('home-confirms')).toEqual([['430100', '2026-04-03', 'open']]);
    expect(await due('declare')).toEqual([[shanghai.institutionCode, '2026-04-08', 'open']]);
    expect(await due('audit')).toEqual([['310000', '2026-04-15', 'open']]);
    expect(await due('pay')).toEqual([['310000', '2026-04-20', 'open']]);
  });

  it('[H48] what is not reconciled is not declared: no statement, one that does not balance, one made before, one without refunds', async () => {
    expect(await declare(world, 'inpatient')).toMatchObject({ code: 'NOT_RECONCILED', args: { count: 1 } });
    await state(world, 'inpatient', '2026-03-30', { balanced: false });
    expect(await declare(world, 'inpatient')).toMatchObject({ code: 'NOT_RECONCILED' });
    await state(world, 'inpatient', '2026-03-30', { at: new Date(stay.settledAt.getTime() - 1) });
    expect(await declare(world, 'inpatient')).toMatchObject({ code: 'NOT_RECONCILED' });
    await state(world, 'outpatient', '2026-03-30', { withRefunds: false });
    expect(await declare(world, 'outpatient')).toMatchObject({ code: 'NOT_RECONCILED', args: { count: 1 } });
  });

  it('[H48] nor with an open difference, however well the totals balance', async () => {
    await state(world, 'inpatient', '2026-03-30');
    const opened = await world.service.transaction((tx) =>
      openDifference(tx, {
        ...{ day: '2026-03-30', kind: 'amount-differs', settlementId: stay.settlementId, setting: 'inpatient' },
        ...{ institutionCode: shanghai.institutionCode, homeArea: '430100', treatmentArea: '310000' },
        ...{ fundFen: 1n, accountFen: 0n, foundOn: '2026-04-01' },
      }),
    );
    expect(await declare(world, 'inpatient')).toMatchObject({ code: 'NOT_RECONCILED' });
    await world.service.transaction((tx) => resolveDifference(tx, opened?.differenceId ?? 0n, '2026-04-02'));
  });

  it.each(['totalFen', 'fundFen', 'accountFen', 'cashFen'] as const)(
    '[H48] a wrong %s is refused with both sums',
    async (key) => {
      const right = (await monthSums(world, 'inpatient'))[key];
      expect(await declare(world, 'inpatient', { [key]: right + 1n })).toMatchObject({ code: 'DECLARATION_SUM_WRONG' });
    },
  );

  it('[H48] on the last of the five working days it is in time; the duty is met when both kinds are declared', async () => {
    await world.service.moveTo('2026-04-08');
    ids.inpatient = orThrow(await declare(world, 'inpatient')).declarationId;
    expect(await due('declare')).toEqual([[shanghai.institutionCode, '2026-04-08', 'open']]);
    await state(world, 'outpatient', '2026-03-30');
    ids.outpatient = orThrow(await declare(world, 'outpatient')).declarationId;
    expect(await due('declare')).toEqual([[shanghai.institutionCode, '2026-04-08', '2026-04-08']]);
    expect(await declare(world, 'outpatient')).toMatchObject({ code: 'NOTHING_TO_DECLARE' });
  });

  it('[H49 N57] only the treatment area audits, line by line, within what was paid', async () => {
    expect(await answerTo(audit('inpatient', [], testCaller('430100')))).toBe('NOT_FOUND');
    const paid = (await monthSums(world, 'inpatient')).fundFen + (await monthSums(world, 'inpatient')).accountFen;
    expect(await answerTo(audit('inpatient', [await finding(stay, paid + 1n)]))).toBe('FINDING_TOO_LARGE');
    expect(await answerTo(audit('inpatient', [await finding(stay, 0n)]))).toBe('FINDING_TOO_LARGE');
    expect(await answerTo(audit('inpatient', [await finding(stay, 1n, { lineNo: 'L0' })]))).toBe(
      'FINDING_LINE_UNKNOWN',
    );
    expect(await answerTo(audit('inpatient', [await finding(visits[0] as Settlement, 1n)]))).toBe(
      'FINDING_LINE_UNKNOWN',
    );
    expect(await answerTo(audit('inpatient', [await finding(stay, 1n), await finding(stay, 2n)]))).toBe('BAD_REQUEST');
    expect(await world.count('audit_finding')).toBe(0);
  });

  it('[N54 N42] of a settlement that was refunded nothing is left to deduct', async () => {
    const [, refunded, refund] = visits as [Settlement, Settlement, Settlement];
    expect(await answerTo(audit('outpatient', [await finding(refunded, 1n)]))).toBe('FINDING_TOO_LARGE');
    expect(await answerTo(audit('outpatient', [await finding(refund, 1n)]))).toBe('FINDING_LINE_UNKNOWN');
  });

  it('[H49] without a finding it is final at once and told to clearing, the refund with its charge', async () => {
    expect(await audit('outpatient', [])).toMatchObject({ state: 'final' });
    const [event] = await world.service.published(chargesAudited);
    expect(event?.payload).toMatchObject({ costMonth: month, part: 1, parts: 1, auditedOn: '2026-04-08' });
    expect(event?.payload.settlements).toHaveLength(3);
    expect(event?.payload.settlements.every(({ deductions }) => deductions.length === 0)).toBe(true);
    expect(await answerTo(audit('outpatient', []))).toBe('WRONG_STATE');
  });

  it('[H49] with findings it is preliminary, and the hospital has five working days to object', async () => {
    const findings = [await finding(stay, 40_000n), await finding(stay, 5_000n, { reasonCode: 'R02' })];
    expect(await audit('inpatient', findings)).toMatchObject({ state: 'preliminary' });
    expect(await due('object')).toEqual([[shanghai.institutionCode, '2026-04-15', 'open']]);
    expect(await world.service.published(chargesAudited)).toHaveLength(1);
  });

  it('[N40 H50] what is final is paid although something else is contested; the same again is the same', async () => {
    const pay = (caller = area) => world.service.get(PayInstitution).prepare(shanghai.institutionCode, month, caller);
    expect(await pay(testCaller('430100'))).toMatchObject({ code: 'NOT_FOUND' });
    const [first, second] = await Promise.all([pay(), pay()]);
    expect(first).toEqual(second);
    const outpatient = await monthSums(world, 'outpatient');
    const declaredFen = outpatient.fundFen + outpatient.accountFen;
    expect(first).toMatchObject({ declaredFen, deductedFen: 0n, paidFen: declaredFen, state: 'prepared' });
    expect(await world.count('institution_payment')).toBe(1);
  });

  it('[H49 N57] another hospital neither accepts nor objects, and what was not found cannot be objected to', async () => {
    const answer = world.service.get(AnswerAudit);
    const other = testCaller('310000', 'office', 'H31000000999');
    const objection = {
      settlementId: stay.settlementId,
      lineNo: (await finding(stay, 1n)).lineNo,
      reason: '病程记录可证',
    };
    expect(await answerTo(answer.accept(ids.inpatient ?? '', other))).toBe('NOT_FOUND');
    expect(await answerTo(answer.object(ids.inpatient ?? '', objection, other))).toBe('NOT_FOUND');
    expect(await answerTo(answer.object(ids.inpatient ?? '', { ...objection, lineNo: 'L0' }, hospital))).toBe(
      'FINDING_LINE_UNKNOWN',
    );
    expect(await answerTo(answer.review(ids.inpatient ?? '', [], area))).toBe('WRONG_STATE');
  });

  it('[H49] an objection on the last day is taken, one on the day after is too late', async () => {
    const answer = world.service.get(AnswerAudit);
    const objection = {
      settlementId: stay.settlementId,
      lineNo: (await finding(stay, 1n)).lineNo,
      reason: '病程记录可证',
    };
    world.service.setDay('2026-04-16', '00:01');
    expect(await answerTo(answer.object(ids.inpatient ?? '', objection, hospital))).toBe('OBJECTION_TOO_LATE');
    await world.service.moveTo('2026-04-15', '23:59');
    expect(await answer.object(ids.inpatient ?? '', objection, hospital)).toMatchObject({ state: 'objected' });
    await world.service.moveTo('2026-04-16', '00:01');
    expect(
      await world.service.query('select state from declaration where declaration_id = $1', [ids.inpatient]),
    ).toEqual([{ state: 'objected' }]);
  });

  it('[H49] the review decides line by line and is final; its deductions go to clearing, fund by fund', async () => {
    const answer = world.service.get(AnswerAudit);
    const decision = {
      settlementId: stay.settlementId,
      lineNo: (await finding(stay, 1n)).lineNo,
      keep: true,
      reason: '维持',
    };
    expect(await answerTo(answer.review(ids.inpatient ?? '', [{ ...decision, lineNo: 'L0' }], area))).toBe(
      'FINDING_LINE_UNKNOWN',
    );
    expect(await answer.review(ids.inpatient ?? '', [decision], area)).toMatchObject({ state: 'final' });
    const events = await world.service.published(chargesAudited);
    expect(events.at(-1)?.payload.settlements).toEqual([
      { settlementId: stay.settlementId, deductions: [{ fundType: '310100', amount: '450.00' }] },
    ]);
  });

  it('[N40 H50] the rest is paid after it: declared less deducted, with a sheet of its own', async () => {
    await world.service.moveTo('2026-04-20');
    const payment = orThrow(await world.service.get(PayInstitution).prepare(shanghai.institutionCode, month, area));
    const inpatient = await monthSums(world, 'inpatient');
    expect(payment).toMatchObject({
      declaredFen: inpatient.fundFen + inpatient.accountFen,
      deductedFen: 45_000n,
      paidFen: inpatient.fundFen + inpatient.accountFen - 45_000n,
    });
    const sheet = await world.service.transaction((tx) => sheetRows(tx, payment.paymentNo));
    expect(sheet.map(({ settlementId, deducted }) => [settlementId, deducted])).toEqual([[stay.settlementId, 45_000n]]);
  });

  it('[N40 P5.3] paid by another person than prepared, with bank, number and a possible date, once', async () => {
    const pay = world.service.get(PayInstitution);
    const [first, second] = await world.service.query<{ no: string }>(
      'select payment_no as no from institution_payment order by 1',
    );
    const checker = testCaller('310000', 'checker');
    const no = first?.no ?? '';
    expect(await pay.approve(no, bank, area)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await pay.approve(no, { ...bank, transactionNo: '' }, checker)).toMatchObject({
      code: 'BANK_DETAILS_MISSING',
    });
    expect(await pay.approve(no, { ...bank, transactionDate: '2026-04-21' }, checker)).toMatchObject({
      code: 'TRANSACTION_DATE_IMPOSSIBLE',
    });
    expect(await pay.approve(no, bank, testCaller('430100'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await pay.approve(no, bank, checker)).toMatchObject({ state: 'paid', paidOn: '2026-04-20', bank });
    expect(await pay.approve(no, bank, checker)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await due('pay')).toEqual([['310000', '2026-04-20', 'open']]);
    expect(await pay.approve(second?.no ?? '', bank, checker)).toMatchObject({ state: 'paid' });
    expect(await due('pay')).toEqual([['310000', '2026-04-20', '2026-04-20']]);
  });
});
