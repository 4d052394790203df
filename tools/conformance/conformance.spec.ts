import { describe, expect, it } from '@jest/globals';
import type { Exchange } from '#shared/gateway-client';
import { billProblem, sameFigures, splitProblem } from './bill-checks.js';
import { Books, fenOf, totals } from './books.js';
import { done, formProblem, nothingComes, readAnswer, refused } from './expectation.js';
import { conformanceFacts, WorldUnusable } from './world-file.js';

const answer = (body: unknown): Exchange => ({ kind: 'answer', body });
const lost: Exchange = { kind: 'nothing', why: 'cut' };
const bill = {
  ...{ mdtrt_id: 'V1', medfee_sumamt: 424.29, fulamt_ownpay_amt: '0.00', overlmt_selfpay: 0, preselfpay_amt: '23.18' },
  ...{ inscp_scp_amt: 401.11, fund_pay_sumamt: 180.67, acct_pay: '243.62', psn_cash_pay: 0, hosp_part_amt: null },
};

describe('what a conformance run takes for right', () => {
  it('[H79] the code as number or text; anything else is no answer', () => {
    expect(readAnswer({ infcode: '0', err_msg: null })).toEqual({ infcode: 0, errMsg: '', output: {} });
    expect(readAnswer({ infcode: -1, err_msg: 'x', output: [] })?.infcode).toBe(-1);
    for (const wrong of [null, 'ok', {}, { infcode: 'done' }, { infcode: null }, { infcode: 0.5 }])
      expect(readAnswer(wrong)).toBeUndefined();
  });

  it('[P5.2] a refusal needs a reason; a success is none, and a cut line neither', () => {
    expect(refused('x').problem(answer({ infcode: -2, err_msg: '已结算' }))).toBeUndefined();
    expect(refused('x').problem(answer({ infcode: -2, err_msg: '' }))).toContain('err_msg');
    expect(refused('x').problem(answer({ infcode: 0 }))).toContain('应当拒绝');
    expect(refused('x').problem(lost)).toContain('没有应答');
    expect(done().problem(lost)).toContain('没有应答');
    expect(done().problem(answer({ infcode: -2, err_msg: '已结算' }))).toContain('已结算');
    expect(done('', () => '不对').problem(answer({ infcode: 0, output: {} }))).toBe('不对');
    expect(nothingComes.problem(answer({ infcode: 0 }))).toBe('有应答');
    expect(nothingComes.problem(lost)).toBeUndefined();
  });

  it('[P5.2] strict: an answer without its six keys is outside the interface', () => {
    expect(formProblem('2207', answer({ infcode: 0, output: {} }))).toContain('应答不符合接口');
    expect(formProblem('9999', answer({}))).toBeUndefined();
  });

  it('[N33] a bill that does not close by one fen is found, in and out of scope and among the payers', () => {
    expect(billProblem(bill, 42_429n)).toBeUndefined();
    expect(billProblem(bill, 42_430n)).toContain('总额');
    expect(billProblem({ ...bill, inscp_scp_amt: 401.12 }, 42_429n)).toContain('四项范围');
    expect(billProblem({ ...bill, psn_cash_pay: '0.01' }, 42_429n)).toContain('基金、账户、现金、医院');
  });

  it('[N42] a refund is the negative in every figure', () => {
    const negative = Object.fromEntries(Object.entries(bill).map(([name, value]) => [name, -Number(value)]));
    expect(sameFigures(bill, { ...negative, mdtrt_id: 'V1' }, -1n)).toBeUndefined();
    expect(sameFigures(bill, { ...negative, acct_pay: -243.61 }, -1n)).toContain('acct_pay');
    expect(sameFigures(bill, bill)).toBeUndefined();
  });

  it('[N31] a line that is split with a rest is found', () => {
    const row = { feedetl_sn: 'L1', det_item_fee_sumamt: '10.00', preselfpay_amt: 1, inscp_scp_amt: 9 };
    expect(splitProblem({ result: [row] })).toBeUndefined();
    expect(splitProblem({ result: [{ ...row, inscp_scp_amt: 8.99 }] })).toContain('L1');
    expect(splitProblem({ result: [] })).toContain('没有');
  });

  it('[N38 N42] the books hold a settlement once, however often its answer came, and know what stands', () => {
    const books = new Books();
    const about = { visitId: 'V1', personNo: 'P1', clearingType: '11', refund: false } as const;
    books.book({ ...bill, setl_id: 'S1' }, about);
    books.book({ ...bill, setl_id: 'S1' }, about);
    expect(totals(books.of('11'))).toEqual({ total: 42_429n, fund: 18_067n, account: 24_362n, cash: 0n, count: 1 });
    expect(books.of('21')).toEqual([]);
    expect(books.standing().map(({ settlementId }) => settlementId)).toEqual(['S1']);
    books.add([
      { ...about, visitId: 'V0', settlementId: 'S0', totalFen: 1n, fundFen: 0n, accountFen: 0n, cashFen: 1n },
    ]);
    expect(books.standing()).toHaveLength(1);
    const back = { setl_id: 'S2', medfee_sumamt: -424.29, fund_pay_sumamt: -180.67, acct_pay: -243.62 };
    books.book(back, { ...about, refund: true });
    expect([books.standing(), totals(books.of('11')).count]).toEqual([[], 3]);
    expect([fenOf('1.5'), fenOf(0.1 + 0.2), fenOf('null'), fenOf(undefined)]).toEqual([150n, 30n, 0n, 0n]);
  });
});

describe('the world of a conformance run', () => {
  const person = { personNo: 'P1', name: '测试', identityNumber: 'N1', scheme: '310', home: '430100' };
  const world = {
    institutions: [
      { code: 'H1', name: '一院', area: '110000' },
      { code: 'H2', name: '二院', area: '310000', paasid: 'p2', secret: 's2' },
    ],
    persons: [person],
    conformance: { hospital: 'H1', person: 'P1', unknownCertificate: 'X', items: ['A', 'B', 'C'], unknownItem: 'Z' },
  };
  const given = { url: 'http://gateway/', key: 'p1:s:1' };

  it('[H82] a file by hand, the address and the key from the command line; a secret may hold a colon', () => {
    const facts = conformanceFacts(world, given);
    expect(facts).toMatchObject({
      url: 'http://gateway',
      offsetMs: 0,
      person,
      other: undefined,
      faultHeader: undefined,
    });
    expect(facts.hospital.credential).toEqual({ paasid: 'p1', secret: 's:1' });
    const both = { ...world, conformance: { ...world.conformance, otherHospital: 'H2' } };
    expect(conformanceFacts(both, given).other?.credential).toEqual({ paasid: 'p2', secret: 's2' });
  });

  it('[H82] what is missing is said in one sentence', () => {
    const without =
      (change: object, more: object = given) =>
      () =>
        conformanceFacts({ ...world, ...change }, more);
    expect(without({ persons: [] })).toThrow(WorldUnusable);
    expect(without({ conformance: { ...world.conformance, items: ['A'] } })).toThrow(/不完整/);
    expect(without({}, { key: 'p1:s1' })).toThrow(/--url/);
    expect(without({}, { url: 'http://gateway' })).toThrow(/--key/);
    expect(without({}, { ...given, key: 'p1' })).toThrow(/paasid:secret/);
  });
});
