import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partyTotals } from '../reconciliation/reconciliation.repository.js';
import { beijing, ReimbursementWorld } from '../testing/reimbursement-world.js';
import { shanghai } from '../testing/settlement-world.js';

const { caseNoIn } = ReimbursementWorld;
const checker = { subject: 'checker' };
const payment = {
  ...{ holder: 'P1', payeeBank: '长沙银行', account: '6222021234567890', bankName: '中国银行长沙分行' },
  ...{ transactionNo: 'T20260316', transactionDate: '2026-03-16' },
};

describe('a direct settlement that the home side could not answer', () => {
  let world: ReimbursementWorld;
  const compute = (caseNo: string, body = {}) => world.call({}, 'POST', `/${caseNo}/computation`, body);
  const approve = (caseNo: string, body = {}) => world.call(checker, 'POST', `/${caseNo}/approval`, body);
  const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => body['code'] ?? 'fine';

  beforeAll(async () => {
    world = await ReimbursementWorld.start('2026-03-16');
    for (const personNo of ['P1', 'P2', 'P3', 'P4', 'P5']) await world.person(personNo);
  });
  afterAll(() => world.stop());

  describe('a stay whose home side was silent', () => {
    let settle: { data: Record<string, unknown> };
    let caseNo: string;

    it('[N44 H53 H20(4)] the complete bill is kept, once, and the hospital reads its number in one sentence', async () => {
      settle = await world.stay('P1', { DRUG: '10000.00', CT: '1000.00', LOCAL: '500.00' });
      const said = await world.silent(() => world.send(shanghai, '2304', settle));
      caseNo = caseNoIn(said);
      expect(said.text).toBe(
        `[KEPT_FOR_REIMBURSEMENT] 参保地系统暂未应答，本次没有结算，账单已留存（编号 ${caseNo}），可回参保地手工报销。（参保地经办机构）` +
          '请患者先全额自费；稍后直接结算成功的，留存自动撤回。',
      );
      const again = await world.silent(() => world.send(shanghai, '2304', settle));
      expect(caseNoIn(again)).toBe(caseNo);
      const { body } = await world.call<object[]>({}, 'GET', '?state=kept&personNo=P1');
      expect(body).toEqual([expect.objectContaining({ caseNo, cause: 'HOME_SIDE_SILENT', total: '11500.00' })]);
      expect(await world.query('select 1 from settlement')).toEqual([]);
    });

    it('[N57] another agency sees and does nothing', async () => {
      const foreign = { agency: '430200' };
      expect((await world.call(foreign, 'GET', '')).body).toEqual([]);
      const codes = [
        await world.call(foreign, 'GET', `/${caseNo}`),
        await world.call(foreign, 'GET', `/${caseNo}/explanation`),
        await world.call(foreign, 'POST', `/${caseNo}/computation`, {}),
        await world.call(foreign, 'POST', `/${caseNo}/refusal`, { reason: 'x' }),
      ].map(codeOf);
      expect(new Set(codes)).toEqual(new Set(['NOT_FOUND']));
      expect(codeOf(await world.call({ roles: ['settlement.read'] }, 'POST', `/${caseNo}/computation`, {}))).toBe(
        'ROLE_MISSING',
      );
    });

    it('[H53] by the catalogue of home, line by line, or of the treatment place; at the rate of the filing', async () => {
      expect(codeOf(await approve(caseNo))).toBe('REIMBURSEMENT_NOT_COMPUTED');
      const treatment = await compute(caseNo, { catalogue: 'treatment' });
      expect(treatment.body).toMatchObject({ state: 'computed', inScope: '11400.00', payable: '8755.00' });
      const home = (await compute(caseNo)).body;
      expect(home).toMatchObject({ total: '11500.00', ownExpense: '500.00', firstPay: '200.00', inScope: '10800.00' });
      expect(home['figures']).toMatchObject({
        ...{ catalogue: 'home', route: 'long-term', filingNo: 'BA-P1', deductible: '1100.00', fundTotal: '8245.00' },
        ...{ cash: '3255.00', routeArticles: ['N12', 'H20', 'N44', 'H20(4)'] },
      });
      const { lines, diagnoses } = (await world.call<{ lines: object[]; diagnoses: object[] }>({}, 'GET', `/${caseNo}`))
        .body;
      expect(lines).toContainEqual(
        expect.objectContaining({ item: 'LOCAL', note: '参保地目录没有该项目，计入全自费' }),
      );
      expect(lines).toContainEqual(expect.objectContaining({ item: 'DRUG', note: null }));
      expect(diagnoses).toEqual([expect.objectContaining({ code: 'K35.900' })]);
      const { body } = await world.call<{ text: string[] }>({}, 'GET', `/${caseNo}/explanation`);
      expect(body.text.join('\n')).toContain('0.85');
    });

    it('[P5.3 N61] two people approve, twice is once, and the lines are settled nowhere else any more', async () => {
      expect(codeOf(await world.call({}, 'POST', `/${caseNo}/approval`, {}))).toBe('SAME_PERSON');
      const both = await Promise.all([approve(caseNo), approve(caseNo)]);
      expect(both.map(({ status, body }) => [status, body['state']])).toEqual([
        [200, 'approved'],
        [200, 'approved'],
      ]);
      expect(await world.standing('P1')).toContain('310 2026 cap.pool 824500');
      expect(await world.query('select 1 from home_settlement')).toHaveLength(1);
      for (const infno of ['2303', '2304']) expect((await world.send(shanghai, infno, settle)).code).toBe('REIMBURSED');
      const { mdtrt_id, psn_no } = settle.data;
      expect((await world.send(shanghai, '2405', { data: { mdtrt_id, psn_no } })).code).toBe('REIMBURSED');
      expect(codeOf(await compute(caseNo))).toBe('REIMBURSEMENT_APPROVED');
    });

    it('[N61 P5.3] paid to the person, with the bank’s proof, by somebody else than who approved; then closed', async () => {
      const pay = (who: object, body: object) => world.call(who, 'POST', `/${caseNo}/payment`, { ...payment, ...body });
      expect(codeOf(await world.call({}, 'POST', `/${caseNo}/closing`))).toBe('REIMBURSEMENT_TO_PAY');
      expect(codeOf(await pay(checker, {}))).toBe('SAME_PERSON');
      expect(codeOf(await pay({}, { holder: '别人' }))).toBe('REIMBURSEMENT_PAYEE_DIFFERS');
      expect(codeOf(await pay({}, { transactionNo: '' }))).toBe('BANK_DETAILS_MISSING');
      const paid = await pay({}, {});
      expect(paid.body).toMatchObject({ state: 'paid', payable: '8245.00', payee: { account: '622*********7890' } });
      expect((await pay({}, {})).body).toEqual(paid.body);
      expect(codeOf(await pay({}, { transactionNo: 'T20260317' }))).toBe('REIMBURSEMENT_PAID');
      expect(codeOf(await world.call({ subject: 'third' }, 'POST', `/${caseNo}/cancellation`, { reason: 'x' }))).toBe(
        'REIMBURSEMENT_PAID',
      );
      expect((await world.call({}, 'POST', `/${caseNo}/closing`)).body).toMatchObject({ state: 'closed' });
      const { steps } = (await world.call<{ steps: { event: string; by: string }[] }>({}, 'GET', `/${caseNo}`)).body;
      expect(steps.map(({ event, by }) => `${event} ${by}`)).toEqual([
        `keep ${shanghai.institutionCode}`,
        ...['compute maker', 'compute maker', 'approve checker', 'pay maker', 'close maker'],
      ]);
    });

    it('[N31 H20] the next stay settles directly with what the case has used: half the deductible', async () => {
      const next = await world.stay('P1', { DRUG: '5000.00' });
      const { setlinfo } = await world.done(shanghai, '2304', next);
      expect(setlinfo).toMatchObject({ act_pay_dedc: 550, fund_pay_sumamt: 3782.5 });
    });

    it('[N38] the books of the hospital and of home still agree: a reimbursement is no settlement of the hospital', async () => {
      const day = world.today();
      const data = { stmt_begndate: day, stmt_enddate: day, medfee_sumamt: '5000.00', fund_pay_sumamt: '3782.50' };
      const more = {
        insutype: '310',
        clr_type: '21',
        setl_optins: '310000',
        acct_pay: '0.00',
        fixmedins_setl_cnt: '1',
      };
      const output = await world.done(shanghai, '3201', { data: { ...data, ...more } });
      expect(output['stmtinfo']).toMatchObject({ stmt_rslt: '0' });
      const [, treatment, home] = await world.service.database.transaction((tx) => partyTotals(tx, day));
      expect(home).toEqual({ ...treatment, party: 'home' });
    });
  });

  it('[N44] settled directly later, the case is withdrawn in the same transaction', async () => {
    const settle = await world.registered('P2', { DRUG: '800.00' });
    const caseNo = caseNoIn(await world.silent(() => world.send(shanghai, '2207', settle)));
    await compute(caseNo);
    await world.done(shanghai, '2207', settle);
    const { body } = await world.call<{ state: string; steps: object[] }>({}, 'GET', `/${caseNo}`);
    expect([body.state, body.steps.at(-1)]).toEqual([
      'withdrawn',
      expect.objectContaining({ event: 'withdraw', by: 'settlement', note: '费用已直接结算' }),
    ]);
    expect(codeOf(await approve(caseNo))).toBe('REIMBURSEMENT_WITHDRAWN');
  });

  it('[N44 N31] approved at home and settled at the hospital at once: one of them; cancelled, it settles directly', async () => {
    const settle = await world.stay('P4', { DRUG: '3000.00' });
    const caseNo = caseNoIn(await world.silent(() => world.send(shanghai, '2304', settle)));
    await compute(caseNo);
    const [approval, direct] = await Promise.all([approve(caseNo), world.send(shanghai, '2304', settle)]);
    expect([codeOf(approval), direct.code].filter((code) => code === 'fine')).toHaveLength(1);
    expect(await world.standing('P4')).toContain('cap.pool 161500; 310 2026 count.inpatient 1;');
    if (direct.code === 'fine') return;
    await world.call({ subject: 'third' }, 'POST', `/${caseNo}/cancellation`, { reason: '改为直接结算' });
    await world.done(shanghai, '2304', settle);
  });

  it('[N44] two hospitals with the same batch number, each asked twice: two bills, two cases', async () => {
    const bills = await Promise.all(
      [shanghai, beijing].map(async (hospital) => ({
        hospital,
        settle: await world.registered('P3', { DRUG: '200.00' }, hospital),
      })),
    );
    const said = await world.silent(() =>
      Promise.all([...bills, ...bills].map(({ hospital, settle }) => world.send(hospital, '2207', settle))),
    );
    expect(new Set(said.map(caseNoIn)).size).toBe(2);
    expect((await world.call<object[]>({}, 'GET', '?personNo=P3')).body).toHaveLength(2);
  });

  it('[N44 H59] what the hospital changes or takes back after it was computed is seen', async () => {
    const settle = await world.registered('P4', { DRUG: '400.00' });
    const { mdtrt_id, psn_no } = settle.data;
    const caseNo = caseNoIn(await world.silent(() => world.send(shanghai, '2207', settle)));
    await compute(caseNo);
    const more = { mdtrt_id, psn_no, fee_ocur_time: '2026-03-16 09:00:00', feedetl_sn: 'LATE', chrg_bchno: 'B1' };
    const line = { ...more, med_list_codg: 'DRUG', cnt: '1', pric: '10.00', det_item_fee_sumamt: '10.00' };
    await world.done(shanghai, '2204', { feedetail: [line] });
    expect(codeOf(await approve(caseNo))).toBe('REIMBURSEMENT_BILL_CHANGED');
    expect((await compute(caseNo)).body).toMatchObject({ total: '410.00' });
    await world.done(shanghai, '2205', { data: { mdtrt_id, psn_no, chrg_bchno: 'B1' } });
    expect((await compute(caseNo)).body).toMatchObject({ state: 'withdrawn', stateName: '已撤回' });
    expect(codeOf(await compute(caseNo))).toBe('REIMBURSEMENT_WITHDRAWN');
  });

  it('[N44] a policy that home does not have yet keeps the bill; the answer to anything else stays what it was', async () => {
    const provincial = { ...shanghai, institutionCode: 'H31000000302', level: 'L3P' as const };
    await world.open(provincial);
    const settle = await world.registered('P5', { DRUG: '100.00' }, provincial);
    const wrong = { data: { ...settle.data, medfee_sumamt: '99.00' } };
    expect((await world.send(provincial, '2207', wrong)).code).toBe('TOTAL_DIFFERS');
    expect((await world.send(provincial, '2206', settle)).code).toBe('POLICY_MISSING');
    const kept = await world.send(provincial, '2207', settle);
    expect(kept.code).toBe('KEPT_FOR_REIMBURSEMENT');
    expect(codeOf(await compute(caseNoIn(kept)))).toBe('POLICY_MISSING');
    const refused = await world.call({}, 'POST', `/${caseNoIn(kept)}/refusal`, { reason: '不属于支付范围' });
    expect(refused.body).toMatchObject({ state: 'refused' });
  });
});
