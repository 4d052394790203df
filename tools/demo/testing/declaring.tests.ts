import { beforeAll, expect, it } from '@jest/globals';
import type { Day } from '#shared/clock';
import type { Agency, EnvelopeAnswer, Json } from '../doors.js';
import { checker, clerk, office } from '../people.js';
import type { SettledVisit } from '../story/hospital-desk.js';
import { firstDay as settledOn } from './scene.js';
import type { Scene } from './scene.js';
import { settleTwoBills } from './two-bills.js';
import { institutions } from '../world.js';

const month = '2026-03';
const { code, area } = institutions['H-BJ3'];
const beijing = clerk(area);
const guangzhou = clerk('440100');

interface Obligation {
  readonly dueOn: Day;
  readonly metOn: Day | null;
  readonly state: string;
}

export function declaring(scene: Scene): void {
  let settled: SettledVisit;
  let declarationId: string;
  const ask = (who: Agency, path: string, body?: Json) => scene.world.doors.ask(who, 'settlement', 'POST', path, body);
  const send = (infno: string, input: Json) =>
    scene.world.doors.post(scene.world.doors.message(institutions['H-BJ3'], infno, input));
  /** A call that is accepted, with everything that follows from it. */
  const accepted = async (call: Promise<Response>): Promise<void> => {
    expect((await call).status).toBe(200);
    await scene.world.state.settled();
  };
  const declaration = (more: Json = {}): Json => {
    const input = scene.stage.books.declarationInput('H-BJ3', month, '11');
    return { data: { ...input?.data, ...more } };
  };
  const obligation = async (kind: string): Promise<Obligation | undefined> =>
    (await scene.world.doors.call<Obligation[]>(beijing, 'settlement', 'GET', `/obligations?kind=${kind}`))[0];

  beforeAll(async () => {
    const [bill] = await settleTwoBills(scene.stage);
    settled = bill;
  });

  it('[H48] the running month is not declared', async () => {
    await scene.world.doors.moveTo('2026-03-31');
    await scene.refusals.ofGateway('MONTH_NOT_OVER', () => send('3203', declaration()));
  });

  it('[H48 N38] what nobody has reconciled is not declared', async () => {
    await scene.world.doors.moveTo('2026-04-03');
    await scene.refusals.ofGateway('NOT_RECONCILED', () => send('3203', declaration()));
    const [wrong] = await scene.stage.books.sendTotals('H-BJ3', settledOn, [settled.settlementId]);
    expect(wrong?.balanced).toBe(false);
    await scene.refusals.ofGateway('NOT_RECONCILED', () => send('3203', declaration()));
  });

  it('[N38 H46] a detail file must be there and be one', async () => {
    const details = (file_qury_no: string) =>
      send('3202', {
        data: {
          ...{ file_qury_no, stmt_begndate: settledOn, stmt_enddate: settledOn, clr_type: '11', setl_optins: '110000' },
          ...{ medfee_sumamt: '1.00', fund_pay_sumamt: '1.00', cash_payamt: '0.00', fixmedins_setl_cnt: '1' },
        },
      });
    await scene.refusals.ofGateway('FILE_UNKNOWN', () => details('F0'));
    const fsUploadIn = { in: Buffer.from('this is no archive').toString('base64'), filename: 'x.zip' };
    const uploaded = (await (await send('9101', { fsUploadIn })).json()) as EnvelopeAnswer;
    await scene.refusals.ofGateway('FILE_UNREADABLE', () => details(String(uploaded.output?.['file_qury_no'])));
  });

  it('[N38 H46 H48] an open difference stops the confirmation of home and the declaration until it is gone', async () => {
    await scene.stage.books.sendDetails('H-BJ3', settledOn, [settled.settlementId]);
    await scene.world.state.settled();
    await scene.refusals.ofAgency('OPEN_DIFFERENCES', () =>
      ask(clerk('430100'), `/reconciliation-months/${month}/confirmation`),
    );
    await scene.stage.books.sendTotals('H-BJ3', settledOn);
    await scene.refusals.ofGateway('NOT_RECONCILED', () => send('3203', declaration()));
    await scene.stage.books.sendDetails('H-BJ3', settledOn);
    await scene.world.state.settled();
    await accepted(ask(clerk('430100'), `/reconciliation-months/${month}/confirmation`));
  });

  it.each<[string, Json, 'DECLARATION_SUM_WRONG' | 'ENVELOPE_INVALID' | 'NOTHING_TO_DECLARE']>([
    ['a fen too much', { fund_appy_sum: '240.01' }, 'DECLARATION_SUM_WRONG'],
    ['another total', { medfee_sumamt: '499.99' }, 'DECLARATION_SUM_WRONG'],
    ['a negative sum', { fund_appy_sum: '-240.00' }, 'DECLARATION_SUM_WRONG'],
    ['three decimals', { fund_appy_sum: '240.001' }, 'ENVELOPE_INVALID'],
    ['a month that does not exist', { setlym: '202613' }, 'ENVELOPE_INVALID'],
    ['an unknown kind of clearing', { clr_type: '99' }, 'ENVELOPE_INVALID'],
    ['stays where there were none', { clr_type: '21' }, 'NOTHING_TO_DECLARE'],
    ['a month without settlements', { setlym: '202602' }, 'NOTHING_TO_DECLARE'],
  ])('[H48] a declaration with %s is refused', (_name, more, refusal) =>
    scene.refusals.ofGateway(refusal, () => send('3203', declaration(more))),
  );

  it('[H48] the fifth working day is 8 April; a day later the declaration is late, kept, and visibly late', async () => {
    expect(await obligation('declare')).toMatchObject({ dueOn: '2026-04-08', state: 'open' });
    await scene.world.doors.moveTo('2026-04-09');
    expect(await obligation('declare')).toMatchObject({ state: 'overdue', metOn: null });
    const five = Array.from(
      { length: 5 },
      async () => (await (await send('3203', declaration())).json()) as EnvelopeAnswer,
    );
    const answers = await Promise.all(five);
    const [taken, ...others] = answers.sort((a, b) => b.infcode - a.infcode);
    expect(taken?.infcode).toBe(0);
    for (const { err_msg } of others) expect(err_msg).toMatch(/^\[NOTHING_TO_DECLARE\]/);
    declarationId = String((taken?.output?.['result'] as Json)['clr_appy_evt_id']);
    await scene.world.state.settled();
    expect(await obligation('declare')).toMatchObject({ state: 'met', dueOn: '2026-04-08', metOn: '2026-04-09' });
    await scene.refusals.ofGateway('NOTHING_TO_DECLARE', () => send('3203', declaration()));
  });

  it('[H49 N43] only the treatment area audits, and only what was charged', async () => {
    const path = `/declarations/${declarationId}/audit`;
    const finding = {
      settlementId: settled.settlementId,
      lineNo: 'BILL-1',
      amount: '100.00',
      reasonCode: 'Q',
      reason: '超量',
    };
    const audit = (who: Agency, more: Json) => ask(who, path, { findings: [{ ...finding, ...more }] });
    await scene.refusals.ofAgency('NOT_FOUND', () => audit(guangzhou, {}));
    await scene.refusals.ofAgency('NOT_FOUND', () => ask(beijing, '/declarations/D0/audit', { findings: [] }));
    await scene.refusals.ofAgency('ROLE_MISSING', () => audit(office(code, area), {}));
    await scene.refusals.ofAgency('FINDING_LINE_UNKNOWN', () => audit(beijing, { lineNo: 'BILL-9' }));
    await scene.refusals.ofAgency('FINDING_TOO_LARGE', () => audit(beijing, { amount: '240.01' }));
    await scene.refusals.ofAgency('FINDING_TOO_LARGE', () => audit(beijing, { amount: '0.00' }));
    await scene.refusals.ofAgency('FINDING_TOO_LARGE', () => audit(beijing, { amount: '-1.00' }));
    await scene.refusals.ofAgency('BAD_REQUEST', () => audit(beijing, { amount: '1.001' }));
    await scene.world.doors.moveTo('2026-04-10');
    await accepted(audit(beijing, {}));
    await scene.refusals.ofAgency('WRONG_STATE', () => audit(beijing, {}));
  });

  it('[H50 N40] before the audit is final nothing is paid', () =>
    scene.refusals.ofAgency('NOT_ALL_FINAL', () => ask(beijing, '/payments', { institutionCode: code, month })));

  it('[H49] nobody else objects, and after five working days nobody does', async () => {
    const path = `/declarations/${declarationId}/objections`;
    const objection = { settlementId: settled.settlementId, lineNo: 'BILL-1', reason: '符合处方' };
    const other = institutions['H-SH3'];
    await scene.refusals.ofAgency('NOT_FOUND', () => ask(office(other.code, other.area), path, objection));
    await scene.refusals.ofAgency('FINDING_LINE_UNKNOWN', () =>
      ask(office(code, area), path, { ...objection, lineNo: 'X' }),
    );
    await scene.world.doors.moveTo('2026-04-18');
    await scene.refusals.ofAgency('WRONG_STATE', () => ask(office(code, area), path, objection));
  });

  it('[H50 N40 P5.3] a payment needs its own area, two people, and the bank’s proof', async () => {
    await scene.refusals.ofAgency('NOT_FOUND', () => ask(guangzhou, '/payments', { institutionCode: code, month }));
    await scene.refusals.ofAgency('BAD_REQUEST', () => ask(beijing, '/payments', { institutionCode: "H'--", month }));
    const payment = await scene.world.doors.call<{ paymentNo: string; paid: string }>(
      beijing,
      'settlement',
      'POST',
      '/payments',
      { institutionCode: code, month },
    );
    expect(payment.paid).toBe('140.00');
    const proof = { bankName: '示例银行北京分行', transactionNo: 'BF-0001', transactionDate: '2026-04-18' };
    const approve = (who: Agency, more: Json = {}) =>
      ask(who, `/payments/${payment.paymentNo}/approval`, { ...proof, ...more });
    await scene.refusals.ofAgency('SAME_PERSON', () => approve({ ...checker(area), subject: beijing.subject }));
    await scene.refusals.ofAgency('NOT_FOUND', () => approve(checker('440100')));
    await scene.refusals.ofAgency('BANK_DETAILS_MISSING', () => approve(checker(area), { transactionNo: '' }));
    await scene.refusals.ofAgency('BANK_DETAILS_INVALID', () => approve(checker(area), { bankName: '银行' }));
    await scene.refusals.ofAgency('TRANSACTION_DATE_IMPOSSIBLE', () =>
      approve(checker(area), { transactionDate: '2026-04-19' }),
    );
    await accepted(approve(checker(area)));
    await scene.refusals.ofAgency('WRONG_STATE', () => approve(checker(area)));
  });
}
