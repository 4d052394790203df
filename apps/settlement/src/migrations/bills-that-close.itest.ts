import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '#shared/errors';
import { insertSettlements } from '../settlement/settlement.repository.js';
import { refundOf } from '../settlement/settlement.js';
import type { Settlement } from '../settlement/settlement.js';
import { SettlementWorld } from '../testing/settlement-world.js';

describe('the database as the last guard of a bill', () => {
  let world: SettlementWorld;
  let settled: Settlement;
  const store = (one: Settlement) => world.service.transaction((tx) => insertSettlements(tx, [one]));
  const run = (sql: string, ...parameters: unknown[]) =>
    world.service.transaction((tx) => tx.query<unknown>(sql, parameters));

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
    await world.person({ personNo: 'P1', account: '800.00' });
    settled = await world.settled('P1', '500.00');
  });
  afterAll(() => world.stop());

  const cases: [string, (one: Settlement) => Settlement, RegExp][] = [
    ['the four amounts do not add up', (one) => ({ ...one, inScopeFen: one.inScopeFen + 1n }), /settlement_check/],
    ['the payers do not add up', (one) => ({ ...one, cashFen: one.cashFen + 1n }), /settlement_check/],
    ['there are no lines behind it', (one) => one, /lines do not add up/],
    [
      'funds and cash are exchanged behind the fund total',
      (one) => ({ ...one, funds: one.funds.map((fund) => ({ ...fund, amountFen: 0n })), cashFen: one.cashFen + 1n }),
      /settlement_check|add up/,
    ],
  ];
  it.each(cases)('[N37 A13] a charge is not stored when %s', async (_, spoil, message) => {
    const before = await world.count('settlement');
    await expect(store(spoil({ ...settled, settlementId: 'SX' }))).rejects.toThrow(message);
    expect(await world.count('settlement')).toBe(before);
  });

  it('[N42] a refund is the exact negative of its charge, fund by fund, or is not stored', async () => {
    const { settledOn, settledAt, accountBalanceAfterFen } = settled;
    const its = { settlementId: 'SR', settledOn, settledAt, accountBalanceAfterFen, msgid: 'R' };
    const refund = refundOf(settled, its);
    const [first] = refund.funds;
    if (first === undefined) throw new Error('a fund paid');
    const moved = { ...refund, deductibleFen: refund.deductibleFen + 1n };
    await expect(store(moved)).rejects.toThrow('not the negative');
    const other = { ...refund, funds: [{ ...first, fundType: '330100' }] };
    await expect(store(other)).rejects.toThrow('other funds');
    await store(refund);
    expect(await world.count('settlement', `settlement_id = 'SR'`)).toBe(1);
  });

  it.each([
    ['update settlement set cash_fen = cash_fen, invoice_no = $1'],
    ['delete from settlement_fund where settlement_id <> $1'],
    ['update settlement_line set price = $1'],
  ])('[N37] nothing of a settlement is changed afterwards: %s', async (sql) => {
    await expect(run(sql, '1')).rejects.toThrow('never changed');
  });

  it('[H48] but it may be declared', async () => {
    await run('update settlement set declaration_id = $1 where settlement_id = $2', 'D1', settled.settlementId);
    expect(await world.count('settlement', `declaration_id = 'D1'`)).toBe(1);
  });

  it('[N61 H59] a complete self-pay bill stays as it is, and is not completed when it does not add up', async () => {
    const open = (id: string, total: number) =>
      run(
        `insert into self_pay_bill (bill_id, institution_code, treatment_area, hospital_visit_no, setting, med_type, identity_hash,
           name, admitted_on, stated_total_fen, opened_at) values ($1, $2, '310000', $1, 'inpatient', '21', 'h', '甲', '2026-03-01', $3, now())`,
        id,
        settled.institutionCode,
        total,
      );
    const line = (id: string, own: number) =>
      run(
        `insert into self_pay_line (bill_id, line_no, item_code, category, class, first_pay_ratio, price, quantity, occurred_at, position,
           total_fen, own_expense_fen, over_limit_fen, first_pay_fen, in_scope_fen, in_catalogue)
         values ($1, '1', 'X', '14', 'C', '1', '1', '1', now(), 0, 100, $2, 0, 0, 0, false)`,
        id,
        own,
      );
    const complete = (id: string) => run('update self_pay_bill set completed_at = now() where bill_id = $1', id);
    await open('Z1', 100);
    await expect(line('Z1', 99)).rejects.toThrow('self_pay_line_check');
    await line('Z1', 100);
    await complete('Z1');
    await expect(run(`delete from self_pay_line where bill_id = 'Z1'`)).rejects.toThrow('never changed');
    await expect(run(`update self_pay_bill set name = '乙' where bill_id = 'Z1'`)).rejects.toThrow('never changed');
    await open('Z2', 101);
    await line('Z2', 100);
    await expect(complete('Z2')).rejects.toThrow('do not add up');
  });

  it('[P5.2] the visits behind them keep a state of the lifecycle', async () => {
    await expect(run(`update visit set status = 'open'`)).rejects.toThrow('visit_status_check');
    orThrow(await world.open('P1', 'outpatient'));
  });
});
