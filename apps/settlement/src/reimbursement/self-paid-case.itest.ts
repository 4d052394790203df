import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orThrow } from '#shared/errors';
import { formatYuan } from '#shared/money';
import { testCaller } from '#shared/testing';
import { ChangeAgreement } from '../institution/change-agreement.js';
import { ReimbursementWorld } from '../testing/reimbursement-world.js';
import { shanghai } from '../testing/settlement-world.js';
import { ApproveReimbursement } from './approve-reimbursement.js';
import { ComputeReimbursement } from './compute-reimbursement.js';

const { caseNoIn } = ReimbursementWorld;
const checker = { subject: 'checker' };
const payment = {
  ...{ holder: 'P1', payeeBank: '长沙银行', account: '6222021234567890', bankName: '中国银行长沙分行' },
  ...{ transactionNo: 'T20260316', transactionDate: '2026-03-16' },
};

describe('reimbursement of what was paid in full', () => {
  let world: ReimbursementWorld;
  const compute = (caseNo: string, body = {}) => world.call({}, 'POST', `/${caseNo}/computation`, body);
  const approve = (caseNo: string, body = {}) => world.call(checker, 'POST', `/${caseNo}/approval`, body);
  const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => body['code'] ?? 'fine';

  beforeAll(async () => {
    world = await ReimbursementWorld.start('2026-03-16');
    for (const personNo of ['P2', 'P5']) await world.person(personNo);
    await world.person('P6', { account: '300.00' });
    for (const personNo of ['P7', 'P8', 'P9']) await world.person(personNo, { filed: false });
  });
  afterAll(() => world.stop());

  describe('a bill that was paid in full', () => {
    it('[H59 N61 H20] is in the worklist of home by itself; unfiled it gets ten points less, made up for its filing’s rate', async () => {
      await world.selfPaid('P7', 'SP1', { DRUG: '10000.00' });
      const worklist = await world.call<{ billId: string; personNo: string }[]>({}, 'GET', '/self-pay-bills');
      expect(worklist.body).toEqual([expect.objectContaining({ personNo: 'P7', total: '10000.00' })]);
      const billId = worklist.body[0]?.billId;
      expect((await world.call({ agency: '430200' }, 'GET', '/self-pay-bills')).body).toEqual([]);
      expect(codeOf(await world.call({ agency: '430200' }, 'POST', '', { billId }))).toBe('NOT_FOUND');
      const opened = await world.call({}, 'POST', '', { billId });
      expect((await world.call({}, 'POST', '', { billId })).body).toEqual(opened.body);
      expect((await world.call({}, 'GET', '/self-pay-bills')).body).toEqual([]);
      const caseNo = String(opened.body['caseNo']);
      expect((await compute(caseNo)).body).toMatchObject({ figures: { route: 'unfiled', fundTotal: '6675.00' } });
      const day = world.today();
      const late = { category: 'referral', supplementary: true, decidedOn: day, validFrom: day, coversFrom: day };
      await world.service.moveTo('2026-03-18');
      await world.file('P7', { ...late, decidedOn: '2026-03-18', validFrom: '2026-03-18' });
      const madeUp = (await compute(caseNo)).body['figures'];
      expect(madeUp).toMatchObject({ route: 'referral', fundTotal: '7120.00' });
      expect(madeUp).toMatchObject({ routeArticles: expect.arrayContaining(['P2.4', 'H17']) });
      expect((await approve(caseNo)).body).toMatchObject({ state: 'approved', dischargedOn: '2026-03-16' });
    });

    it('[N61] the same treatment is not reimbursed twice, unless a person says why it is another', async () => {
      for (const visitNo of ['SP2', 'SP3']) await world.selfPaid('P8', visitNo, { DRUG: '2000.00' }, '11');
      const { body } = await world.call<{ billId: string }[]>({}, 'GET', '/self-pay-bills');
      const [first = '', second = ''] = await Promise.all(
        body.map(async ({ billId }) => String((await world.call({}, 'POST', '', { billId })).body['caseNo'])),
      );
      for (const caseNo of [first, second]) await compute(caseNo);
      expect(codeOf(await approve(first))).toBe('fine');
      const refused = await approve(second);
      expect([codeOf(refused), refused.body['message']]).toEqual([
        'REIMBURSEMENT_DUPLICATE',
        expect.stringContaining(first),
      ]);
      expect(codeOf(await approve(second, { notDuplicate: '上午、下午两次就诊' }))).toBe('REIMBURSEMENT_FIGURES_MOVED');
      await compute(second);
      expect(codeOf(await approve(second, { notDuplicate: '上午、下午两次就诊' }))).toBe('fine');
      const gone = await world.send(shanghai, '4206', { data: { fixmedins_mdtrt_id: 'SP2' } });
      expect(gone.code).toBe('SELF_PAY_REIMBURSING');
    });

    it('[N61] what was cancelled is given back, and the bill may become a new case', async () => {
      await world.selfPaid('P9', 'SP4', { DRUG: '3000.00' });
      const [bill] = (await world.call<{ billId: string }[]>({}, 'GET', '/self-pay-bills')).body;
      const caseNo = String((await world.call({}, 'POST', '', { billId: bill?.billId })).body['caseNo']);
      expect(codeOf(await world.call({}, 'POST', '', { caseNo }))).toBe('REIMBURSEMENT_LIVE');
      await compute(caseNo);
      await approve(caseNo);
      const cancel = (subject: string) =>
        world.call({ subject }, 'POST', `/${caseNo}/cancellation`, { reason: '误核' });
      expect(codeOf(await cancel('checker'))).toBe('SAME_PERSON');
      expect((await cancel('third')).body).toMatchObject({ state: 'cancelled' });
      expect(await world.standing('P9')).toBe('');
      const again = (await world.call({}, 'POST', '', { caseNo })).body;
      expect([again['state'], again['total'], again['caseNo'] === caseNo]).toEqual(['kept', '3000.00', false]);
      const over = await world.call({}, 'POST', `/${String(again['caseNo'])}/withdrawal`, { reason: '参保人撤回' });
      expect(over.body).toMatchObject({ state: 'withdrawn' });
    });
  });

  it('[N61 H20] approved and cancelled, every accumulator and the account are as before, whatever the bill', async () => {
    const { app } = world.service;
    await world.done(shanghai, '2304', await world.stay('P6', { DRUG: '2000.00' }));
    const amount = fc.bigInt({ min: 1n, max: 90_000_000n });
    await fc.assert(
      fc.asyncProperty(amount, amount, async (drug, ct) => {
        const before = await world.standing('P6');
        const settle = await world.stay('P6', { DRUG: formatYuan(drug), CT: formatYuan(ct) });
        const caseNo = caseNoIn(await world.silent(() => world.send(shanghai, '2304', settle)));
        const [maker, second] = [testCaller('430100', 'maker'), testCaller('430100', 'checker')];
        const computed = await app.get(ComputeReimbursement).execute({ caseNo, useAccount: true }, maker);
        const { figures, totalFen } = orThrow(computed);
        expect(totalFen).toBe(drug + ct);
        expect(totalFen).toBe(
          (figures?.fundFen ?? 0n) + (figures?.personalAccountFen ?? 0n) + (figures?.cashFen ?? 0n),
        );
        orThrow(await app.get(ApproveReimbursement).execute({ caseNo }, second));
        expect(await world.standing('P6')).not.toBe(before);
        orThrow(await app.get(ApproveReimbursement).cancel(caseNo, '复查', maker));
        expect(await world.standing('P6')).toBe(before);
      }),
      { numRuns: 8 },
    );
  });

  describe('the database as the last guard of a case', () => {
    const cases: Record<string, string> = {};

    beforeAll(async () => {
      for (const state of ['kept', 'computed', 'approved']) {
        const settle = await world.registered('P2', { DRUG: '30.00', CT: '40.00' });
        cases[state] = caseNoIn(await world.silent(() => world.send(shanghai, '2207', settle)));
        if (state !== 'kept') await compute(cases[state]);
      }
      await approve(cases['approved'] ?? '');
    });

    it.each([
      ['computed', 'update reimbursement_case set cash_fen = cash_fen + 1', 'payers_close'],
      [
        'computed',
        'update reimbursement_case set fund_fen = fund_fen + 1, cash_fen = cash_fen - 1',
        'funds do not add up',
      ],
      ['computed', 'update reimbursement_case set approved_by = computed_by', 'two_people'],
      ['computed', 'update reimbursement_line set counted_in_scope_fen = counted_in_scope_fen - 1', 'check'],
      [
        'kept',
        'update reimbursement_case set in_scope_fen = in_scope_fen + 1, total_fen = total_fen + 1',
        'lines do not',
      ],
      ['kept', `update reimbursement_case set state = 'approved'`, 'reimbursement_computed'],
      ['approved', 'update reimbursement_case set fund_fen = fund_fen + 1, cash_fen = cash_fen - 1', 'never changed'],
      ['approved', `update reimbursement_case set state = 'paid'`, 'reimbursement_paid'],
      ['approved', 'update reimbursement_line set note = null', 'never changed'],
      ['approved', 'delete from reimbursement_fund', 'never changed'],
      ['approved', 'delete from reimbursement_step', 'never changed'],
    ])('[N37 A13 P5.3] of a %s one: %s', async (state, sql, message) => {
      await expect(world.query(`${sql} where case_no = $1`, cases[state])).rejects.toThrow(message);
    });
  });

  describe('what else can stand in the way', () => {
    const opened = async (personNo: string, agency = '430100'): Promise<string> => {
      const who = { agency };
      const bills = (await world.call<{ billId: string; personNo: string }[]>(who, 'GET', '/self-pay-bills')).body;
      const billId = bills.find((bill) => bill.personNo === personNo)?.billId;
      const { body } = await world.call(who, 'POST', '', { billId });
      return String(body['caseNo'] ?? body['code']);
    };

    it('[N44] the hospital has taken the discharge back', async () => {
      const settle = await world.stay('P5', { DRUG: '500.00' });
      const caseNo = caseNoIn(await world.silent(() => world.send(shanghai, '2304', settle)));
      const { mdtrt_id, psn_no } = settle.data;
      await world.done(shanghai, '2405', { data: { mdtrt_id, psn_no } });
      expect(codeOf(await compute(caseNo))).toBe('REIMBURSEMENT_BILL_OPEN');
    });

    it('[N61] nothing to pay: closed without a payment', async () => {
      await world.selfPaid('P2', 'SP5', { DRUG: '50.00' }, '11');
      const caseNo = await opened('P2');
      expect((await compute(caseNo)).body).toMatchObject({ payable: '0.00', figures: { cash: '50.00' } });
      await approve(caseNo);
      const paid = await world.call({}, 'POST', `/${caseNo}/payment`, { ...payment, holder: 'P2' });
      expect(codeOf(paid)).toBe('REIMBURSEMENT_NOTHING_TO_PAY');
      expect((await world.call({}, 'POST', `/${caseNo}/closing`)).body).toMatchObject({ state: 'closed' });
    });

    it('[H20(5)] an institution that was outside the network then: nothing, emergency rescue excepted', async () => {
      const left = { ...shanghai, institutionCode: 'H31000000303' };
      await world.open(left);
      await world.person('P13', { filed: false });
      for (const [visitNo, medType] of [
        ['SP6', '21'],
        ['SP7', '24'],
      ] as const)
        await world.selfPaid('P13', visitNo, { DRUG: '4000.00' }, medType, left);
      const end = { institutionCode: left.institutionCode, event: 'end' as const, reason: '协议到期' };
      orThrow(await world.service.app.get(ChangeAgreement).execute(end, testCaller('310000')));
      const ordinary = await opened('P13');
      expect((await compute(ordinary)).body['figures']).toMatchObject({ designated: false, fundTotal: '0.00' });
      expect((await compute(await opened('P13'))).body['figures']).toMatchObject({
        route: 'emergency',
        fundTotal: '2320.00',
      });
    });

    it('[N61 H59] nobody who was insured then; no catalogue at home', async () => {
      await world.person('P10', { insured: false });
      await world.selfPaid('P10', 'SP8', { DRUG: '60.00' }, '11');
      expect(await opened('P10')).toBe('SELF_PAY_OF_NOBODY');
      await world.person('P11', { home: '430200', filed: false });
      await world.selfPaid('P11', 'SP9', { DRUG: '600.00' }, '11');
      const caseNo = await opened('P11', '430200');
      const there = (body: object) => world.call({ agency: '430200' }, 'POST', `/${caseNo}/computation`, body);
      expect(codeOf(await there({}))).toBe('HOME_CATALOGUE_MISSING');
      expect((await there({ catalogue: 'treatment' })).body).toMatchObject({ state: 'computed', payable: '300.00' });
    });

    it('[P2.5 H22] treated at home while filed elsewhere on a commitment: not until the proof is there', async () => {
      const changsha = { ...shanghai, institutionCode: 'H43010000301', area: '430100' };
      await world.open(changsha);
      await world.person('P12', { filed: false });
      await world.file('P12', { commitmentDueOn: '2026-09-01' });
      await world.selfPaid('P12', 'SP10', { DRUG: '900.00' }, '21', changsha);
      expect(codeOf(await compute(await opened('P12')))).toBe('REIMBURSEMENT_NOT_UNTIL_PROOF');
    });
  });
});
