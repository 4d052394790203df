import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '#shared/database';
import type { Infno } from '#shared/national-interface';
import { MessageLog } from '../gateway/message-log.js';
import { shanghai } from '../testing/settlement-world.js';
import { clerkOf, codeIn, operator, SettlementOverHttp } from '../testing/settlement-over-http.js';
import type { StopReport } from './work-on-stop.js';

const drug = { code: 'XA01AAA000A001010100001', name: '示例药', category: '09', class: 'A', firstPayRatio: '0' };
const window = { beginsAt: '2026-03-20T22:00:00+08:00', endsAt: '2026-03-21T06:00:00+08:00', reason: '数据中心切换' };

/** The whole of a stop as a drill: announced, drained, stopped, switched with a change of numbers, verified, opened. */
describe('a planned stop', () => {
  let world: SettlementOverHttp;
  let stay: string;
  let batch: string;
  let settlementId: string;
  let serial = 0;
  const send = <I extends Infno>(infno: I, input: object) => world.send(infno, input as never);
  const step = (name: string) => world.rest(operator, 'POST', '/planned-stops/1/steps', { step: name });
  const report = () => world.rest<StopReport>(operator, 'GET', '/planned-stops/1/report');
  const sql = <R>(text: string) => rows<R>(world.service.database.source.manager, text);
  const register = (psn_no: string) => {
    const data = {
      psn_no,
      insutype: '310',
      begntime: '2026-03-16 09:00:00',
      med_type: '11',
      ipt_otp_no: `MZ${serial++}`,
    };
    return send('2201', { data });
  };
  const admit = (psn_no: string) => {
    const mdtrtinfo = {
      psn_no,
      insutype: '310',
      med_type: '21',
      begntime: '2026-03-16 09:00:00',
      ipt_no: `ZY${serial++}`,
    };
    const diseinfo = [
      { diag_type: '1', diag_srt_no: 1, diag_code: 'I10.x00', diag_name: '高血压', maindiag_flag: '1' },
    ];
    return send('2401', { mdtrtinfo, diseinfo });
  };
  const line = (psn_no: string, mdtrt_id: string, amount: number) => ({
    ...{ feedetl_sn: `L${serial++}`, mdtrt_id, psn_no, fee_ocur_time: '2026-03-16 10:00:00', med_list_codg: drug.code },
    ...{ det_item_fee_sumamt: amount, cnt: 1, pric: amount, hosp_appr_flag: '1' },
  });
  const chargeStay = (psn_no: string, amount: number) =>
    send('2301', { feedetail: [{ ...line(psn_no, stay, amount), med_type: '21' }] });
  const chargeBatch = (psn_no: string, amount: number) =>
    send('2204', { feedetail: [{ ...line(psn_no, batch, amount), chrg_bchno: 'B1', rx_circ_flag: '0' }] });
  const settle = (psn_no: string, mdtrt_id: string, amount: number, more: object) => ({
    data: { psn_no, mdtrt_id, medfee_sumamt: amount, insutype: '310', acct_used_flag: '1', psn_setlway: '01', ...more },
  });
  const used = async (personNo: string) =>
    Object.fromEntries(
      (
        await sql<{ name: string; amount: bigint }>(
          `select name, amount from accumulator where person_no = '${personNo}' and amount <> 0 and name not like '%@%'`,
        )
      ).map(({ name, amount }) => [name, amount]),
    );

  beforeAll(async () => {
    world = await SettlementOverHttp.start('2026-03-16');
    await world.rest(clerkOf('310000'), 'POST', '/catalogues/310000/items', {
      ...{ from: '2025-01-01', items: [{ ...drug, priceLimitPerUnit: null }] },
    });
    await world.person({ personNo: 'OLD1', identity: 'ID-1' });
    await world.rest(clerkOf('430100'), 'POST', '/accounts/OLD1/credits', { amount: '500.00', reference: 'opening' });
    await world.identify('ID-1');
    stay = (await admit('OLD1')).output?.result.mdtrt_id ?? '';
    expect(codeIn(await chargeStay('OLD1', 2000))).toBe('fine');
    batch = (await register('OLD1')).output?.data.mdtrt_id ?? '';
    expect(codeIn(await chargeBatch('OLD1', 400))).toBe('fine');
  });
  afterAll(() => world.stop());

  it('[P5.2 H83] only an operator announces, for a time to come, one stop at a time; twice is once', async () => {
    const announce = async (body: object, as = operator) => {
      const { status, body: answer } = await world.service.call({ as, method: 'POST', path: '/planned-stops', body });
      return status === 201 ? `stop ${String(answer['stopNo'])}` : answer['code'];
    };
    expect(await announce(window, clerkOf('310000'))).toBe('ROLE_MISSING');
    expect(await announce({ ...window, beginsAt: '2026-03-15T22:00:00+08:00' })).toBe('STOP_TIMES_WRONG');
    expect([await announce(window), await announce(window)]).toEqual(['stop 1', 'stop 1']);
    expect(await announce({ ...window, reason: '另一停机' })).toBe('STOP_OPEN');
  });

  it('[P5.2 N60] everybody is told: in every answer, and on a public page', async () => {
    const { warn_msg } = await send('1901', { data: { type: 'clr_type', admdvs: '310000', date: '2026-03-16' } });
    expect(warn_msg).toBe('系统计划于 2026-03-20 22:00 至 2026-03-21 06:00 停机（数据中心切换）');
    const notice = await world.service.call<object[]>({ method: 'GET', path: '/planned-stops' });
    expect(notice.body).toMatchObject([{ stopNo: 1, state: 'announced', reason: '数据中心切换' }]);
  });

  it('[P5.2 H83] draining: nothing new is registered, what is under way goes on to its settlement', async () => {
    await step('drain');
    const refused = await register('OLD1');
    expect(refused).toMatchObject({
      infcode: -2,
      err_msg: expect.stringMatching(/^\[STOP_DRAINING\].*2026-03-21 06:00/),
    });
    expect(codeIn(await admit('OLD1'))).toBe('STOP_DRAINING');
    expect(codeIn(await chargeStay('OLD1', 1000))).toBe('fine');
    const settled = await send('2207', settle('OLD1', batch, 400, { chrg_bchno: 'B1', med_type: '11' }));
    expect(codeIn(settled)).toBe('fine');
    settlementId = settled.output?.setlinfo.setl_id ?? '';
    expect((await report()).underWay).toEqual({
      ...{ runningMessages: 0, admitted: 1, dischargedUnsettled: 0, unsettledLines: 2 },
    });
  });

  it('[P5.2 H83] it does not stop while a message is being worked on; then it does, and takes the figures', async () => {
    const key = { institutionCode: shanghai.institutionCode, msgid: 'STILL-RUNNING' };
    const messages = world.service.app.get(MessageLog);
    await messages.begin(key, { infno: '2207', content: {}, personNo: null, visitId: null }, 'running');
    expect(await step('stop')).toMatchObject({ code: 'STOP_STILL_RUNNING' });
    expect((await report()).stop).toMatchObject({ state: 'draining', figuresBefore: null });
    await messages.release(key);
    expect(await step('stop')).toMatchObject({
      state: 'stopped',
      figuresBefore: { 'settlements charge': '1', lines: '3' },
    });
  });

  it('[P5.2 H83] stopped: nothing changes, whoever asks; looking goes on', async () => {
    const refused = await chargeStay('OLD1', 1);
    expect(refused.err_msg).toMatch(/^\[STOPPED_NOW\] 系统停机中（数据中心切换）.*同一报文标识重发/);
    const credit = { amount: '1.00', reference: 'later' };
    expect(await world.rest(clerkOf('430100'), 'POST', '/accounts/OLD1/credits', credit)).toMatchObject({
      ...{ code: 'STOPPED_NOW', who: 'hospital' },
    });
    expect(codeIn(await send('5203', { data: { psn_no: 'OLD1', mdtrt_id: batch, setl_id: settlementId } }))).toBe(
      'fine',
    );
    expect(await world.rest(clerkOf('310000'), 'GET', '/settlements')).toHaveLength(1);
  });

  it('[P5.2 H83] numbers of persons change in the switch: what they have used and hold goes along, and nothing is lost', async () => {
    const before = await used('OLD1');
    expect(Object.keys(before).length).toBeGreaterThan(0);
    await world.person({ personNo: 'NEW1', identity: 'ID-1' });
    for (let times = 0; times < 2; times += 1)
      await world.person({ personNo: 'OLD1', identity: 'ID-1', mergedInto: 'NEW1', version: 2 });
    expect([await used('OLD1'), await used('NEW1')]).toEqual([{}, before]);
    const accounts = await sql(`select person_no as no, balance_fen as fen from account order by person_no`);
    expect(accounts.map((one) => (one as { no: string }).no)).toEqual(['NEW1', 'OLD1']);
    expect(accounts[1]).toMatchObject({ fen: 0n });
  });

  it('[P5.2 H83] afterwards a fen too much keeps it closed, and the report says where', async () => {
    await sql(`update account set balance_fen = balance_fen + 1 where person_no = 'NEW1' returning 1`);
    expect(await step('verify')).toMatchObject({
      code: 'STOP_FIGURES_DIFFER',
      message: expect.stringContaining('accounts fen'),
    });
    const { stop, differences } = await report();
    expect(stop.state).toBe('stopped');
    expect(differences).toHaveLength(1);
    expect(codeIn(await register('OLD1'))).toBe('STOPPED_NOW');
    await sql(`update account set balance_fen = balance_fen - 1 where person_no = 'NEW1' returning 1`);
    expect(await step('verify')).toMatchObject({ state: 'verified' });
    expect((await report()).differences).toEqual([]);
  });

  it('[P5.2 H83] the stay from before the stop is settled under its old number, and a refund finds its way under the new one', async () => {
    expect(await world.service.call({ method: 'GET', path: '/planned-stops' })).toMatchObject({ body: [] });
    expect(await world.identify('ID-1')).toBe('NEW1');
    expect(codeIn(await chargeStay('OLD1', 500))).toBe('fine');
    expect(codeIn(await chargeStay('NEW1', 500))).toBe('fine');
    const dscginfo = { mdtrt_id: stay, psn_no: 'OLD1', insutype: '310', endtime: '2026-03-16 16:00:00', dscg_way: '1' };
    expect(codeIn(await send('2402', { dscginfo, diseinfo: [] }))).toBe('fine');
    const settled = await send('2304', settle('OLD1', stay, 4000, { mid_setl_flag: '0' }));
    expect(codeIn(settled)).toBe('fine');
    const before = await used('NEW1');
    expect([await used('OLD1'), Object.keys(before).some((name) => name.includes('inpatient'))]).toEqual([{}, true]);
    const refund = { psn_no: 'NEW1', mdtrt_id: batch, setl_id: settlementId };
    expect(codeIn(await send('2208', { data: refund }))).toBe('fine');
    expect(await used('NEW1')).not.toEqual(before);
    expect(await used('OLD1')).toEqual({});
  });

  it('[P5.2 H83] a stop begins to drain by itself when its time has come, and can be called off', async () => {
    const next = { beginsAt: '2026-03-17T22:00:00+08:00', endsAt: '2026-03-18T06:00:00+08:00', reason: '补丁' };
    const { stopNo } = await world.rest<{ stopNo: number }>(operator, 'POST', '/planned-stops', next);
    await world.person({ personNo: 'P9' });
    await world.identify('P9');
    await world.service.moveTo('2026-03-17', '21:59');
    expect(codeIn(await register('P9'))).toBe('fine');
    await world.service.moveTo('2026-03-17', '22:00');
    expect(codeIn(await register('P9'))).toBe('STOP_DRAINING');
    const steps = `/planned-stops/${stopNo}/steps`;
    expect(await world.rest(operator, 'POST', steps, { step: 'verify' })).toMatchObject({ code: 'WRONG_STATE' });
    expect(await world.rest(operator, 'POST', steps, { step: 'cancel' })).toMatchObject({ state: 'cancelled' });
    expect(codeIn(await register('P9'))).toBe('fine');
  });
});
