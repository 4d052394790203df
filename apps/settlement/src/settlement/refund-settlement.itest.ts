import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settlementCompleted } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { formatYuan } from '#shared/money';
import { codeOf, SettlementWorld } from '../testing/settlement-world.js';
import { fundTotal } from './settlement.js';
import type { Settlement } from './settlement.js';
import { findSettlement, linesOfSettlement } from './settlement.repository.js';

describe('refunds', () => {
  let world: SettlementWorld;
  const statusOf = async ({ visitId }: Settlement) =>
    (await world.service.query<{ status: string }>('select status from visit where visit_id = $1', [visitId]))[0]
      ?.status;

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-12-28');
    for (const personNo of ['P1', 'P2', 'P3', 'P4', 'P5']) await world.person({ personNo, account: '800.00' });
  });
  afterAll(() => world.stop());

  it('[N42 H52] out of order: the first of three is refunded, the others stay as they are', async () => {
    const first = await world.settled('P1', '400.00');
    const used = await world.accumulators('P1');
    const others = [await world.settled('P1', '300.00'), await world.settled('P1', '200.00')];
    const before = { used: await world.accumulators('P1'), balance: await world.balance('P1') };
    const refund = orThrow(await world.refund(first));
    expect(refund).toMatchObject({ kind: 'refund', refundOf: first.settlementId, totalFen: -40_000n });
    expect(fundTotal(refund)).toBe(-fundTotal(first));

    const after = await world.accumulators('P1');
    const names = new Set([...Object.keys(used), ...Object.keys(before.used)]);
    for (const name of names) expect(after[name] ?? 0n).toBe((before.used[name] ?? 0n) - (used[name] ?? 0n));
    for (const other of others) {
      const stored = await world.service.transaction((tx) => findSettlement(tx, other.settlementId));
      expect(stored).toMatchObject({ totalFen: other.totalFen, cashFen: other.cashFen, kind: 'charge' });
    }
  });

  it('[N42] account and accumulators are exactly as before when everything is refunded, in any order', async () => {
    const settled: Settlement[] = [];
    for (const amount of ['424.29', '99.99', '1500.00', '0.01', '260.00'])
      settled.push(await world.settled('P2', amount, 'CT'));
    expect(await world.balance('P2')).not.toBe('800.00');
    for (const at of [2, 0, 4, 1, 3]) orThrow(await world.refund(settled[at] as Settlement));
    expect(await world.accumulators('P2')).toEqual({});
    expect(await world.balance('P2')).toBe('800.00');
    const left = await world.service.query(
      `select sum(total_fen)::bigint as total, sum(fund_fen)::bigint as fund, sum(cash_fen)::bigint as cash,
              sum(personal_account_fen)::bigint as account from settlement where person_no = 'P2'`,
    );
    expect(left).toEqual([{ total: 0n, fund: 0n, cash: 0n, account: 0n }]);
  });

  it('[N42] what is refunded is not refunded again, also not twice at once, and a refund is not refunded', async () => {
    const settled = await world.settled('P3', '100.00');
    const outcomes = await Promise.all([world.refund(settled), world.refund(settled), world.refund(settled)]);
    expect(outcomes.map(codeOf).sort()).toEqual(['ALREADY_REFUNDED', 'ALREADY_REFUNDED', 'fine']);
    const refund = outcomes.find((one) => codeOf(one) === 'fine') as Settlement;
    expect(codeOf(await world.refund(refund))).toBe('REFUND_OF_REFUND');
    expect(await world.balance('P3')).toBe('800.00');
  });

  it('[N42 N57] another hospital’s, another visit’s, another person’s or an unknown settlement is not found', async () => {
    const settled = await world.settled('P3', '60.00');
    const other = await world.settled('P3', '70.00');
    for (const wrong of [
      { institutionCode: 'H31000000999' },
      { visitId: other.visitId },
      { personNo: 'P1' },
      { settlementId: 'S0' },
    ])
      expect(codeOf(await world.refund(settled, wrong))).toBe('SETTLEMENT_UNKNOWN');
  });

  it('[N42] refunds and settlements of one person at once end as a book that adds up', async () => {
    const old: Settlement[] = [];
    for (let at = 0; at < 8; at += 1) old.push(await world.settled('P5', '150.00'));
    const commands = [];
    for (let at = 0; at < 8; at += 1) commands.push(world.command(await world.registered('P5', '170.00'), '170.00'));
    const outcomes = await Promise.all([
      ...old.map((one) => world.refund(one)),
      ...commands.map((command) => world.settle(command)),
    ]);
    expect(outcomes.map(codeOf)).toEqual(Array.from({ length: 16 }, () => 'fine'));
    const granted = await world.service.query<{ name: string; amount: bigint }>(
      `select c.key as name, sum(c.value::bigint)::bigint as amount
       from home_settlement, jsonb_each(changes) y, jsonb_each_text(y.value) c
       where person_no = 'P5' and y.key = '2026' group by c.key having sum(c.value::bigint) <> 0 order by c.key`,
    );
    expect(await world.accumulators('P5')).toEqual(
      Object.fromEntries(granted.map(({ name, amount }) => [name, amount])),
    );
    const [paid] = await world.service.query<{ account: bigint; entries: bigint }>(
      `select (select sum(personal_account_fen)::bigint from settlement where person_no = 'P5') as account,
              (select sum(amount_fen)::bigint from account_entry where person_no = 'P5') as entries`,
    );
    expect(await world.balance('P5')).toBe(formatYuan(80_000n - (paid?.account ?? 0n)));
    expect(await world.balance('P5')).toBe(formatYuan(paid?.entries ?? 0n));
  });

  it('[N42] the lines are free again: corrected and settled anew, while the refund keeps its copy of them', async () => {
    const settled = await world.settled('P3', '50.00');
    const refund = orThrow(await world.refund(settled));
    const [visit] = await world.service.query<{ version: number }>('select version from visit where visit_id = $1', [
      settled.visitId,
    ]);
    expect(visit?.version).toBe(3);
    const again = orThrow(
      await world.settle(
        world.command(
          { ...settled, hospitalNo: '', status: 'registered', version: 3, emergency: false, dischargedOn: null },
          '50.00',
        ),
      ),
    );
    expect(again.settlementId).not.toBe(settled.settlementId);
    const lines = await world.service.transaction((tx) => linesOfSettlement(tx, refund.refundOf ?? ''));
    expect(lines.map(({ totalFen }) => totalFen)).toEqual([5_000n]);
  });

  it('[N42] a stay that is refunded is discharged and not settled again', async () => {
    const stay = await world.discharged('P3', '5000.00');
    const settled = orThrow(await world.settle(world.command(stay, '5000.00')));
    expect(await statusOf(settled)).toBe('settled');
    orThrow(await world.refund(settled));
    expect(await statusOf(settled)).toBe('discharged');
  });

  it('[N42 H52] across the year end: the old year gets it back, the new year is not touched', async () => {
    const old = await world.settled('P4', '500.00');
    world.service.setDay('2027-01-05');
    const fresh = await world.settled('P4', '500.00');
    const used = await world.accumulators('P4', 2027);
    const refund = orThrow(await world.refund(old));
    expect([refund.settledOn, old.settledOn]).toEqual(['2027-01-05', '2026-12-28']);
    expect(await world.accumulators('P4', 2026)).toEqual({});
    expect(await world.accumulators('P4', 2027)).toEqual(used);
    expect(fundTotal(fresh)).toBe(fundTotal(old));
  });

  it('[N41 H51 N42] a stay over the turn of the year is one bill of the year of its discharge, and its refund goes back there', async () => {
    await world.person({ personNo: 'P6' });
    const stay = orThrow(await world.open('P6', 'inpatient', { admittedOn: '2026-12-27' }));
    orThrow(await world.charge(stay, [world.line('900.00', { batchNo: '', occurredOn: '2026-12-28' })]));
    orThrow(await world.charge(stay, [world.line('8100.00', { batchNo: '' })]));
    const discharged = orThrow(await world.discharge(stay));
    const settled = orThrow(await world.settle(world.command(discharged, '9000.00')));
    expect(settled).toMatchObject({ admittedOn: '2026-12-27', settledOn: '2027-01-05', totalFen: 900_000n });
    expect(await world.accumulators('P6', 2026)).toEqual({});
    expect(await world.accumulators('P6', 2027)).toMatchObject({ 'count.inpatient': 1n });
    world.service.setDay('2028-01-04');
    orThrow(await world.refund(settled));
    expect([await world.accumulators('P6', 2027), await world.accumulators('P6', 2028)]).toEqual([{}, {}]);
  });

  it('[N42 N50] each refund is published after its charge, under the same key and with a higher version', async () => {
    const events = await world.service.published(settlementCompleted);
    const refunds = events.filter(({ payload }) => payload.kind === 'refund');
    expect(refunds.length).toBeGreaterThan(5);
    for (const refund of refunds) {
      const charge = events.find(({ payload }) => payload.settlementId === refund.payload.refundOf);
      expect(charge?.aggregateId).toBe(refund.aggregateId);
      expect(refund.aggregateVersion).toBeGreaterThan(charge?.aggregateVersion ?? 99);
      expect(events.indexOf(refund)).toBeGreaterThan(events.findIndex((one) => one === charge));
    }
  });
});
