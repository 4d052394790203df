import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '#shared/bus';
import { settlementCompleted } from '#shared/contracts';
import { isRefusal, orThrow } from '#shared/errors';
import { formatYuan, parseYuan, sum } from '#shared/money';
import { asAdmin } from '#shared/testing';
import { HomeSide } from '../home/home-side.js';
import { codeOf, SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { OweItemLines } from '../item-lines/owe-item-lines.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { SettlementCommitter } from './settlement-committer.js';
import { fundTotal, payersAddUp } from './settlement.js';
import type { Settlement } from './settlement.js';
import { insertSettlements } from './settlement.repository.js';
import { TrySettlement } from './try-settlement.js';

describe('the settlement committer', () => {
  let world: SettlementWorld;
  const figures = (one: Settlement): string[] =>
    [one.deductibleFen, fundTotal(one), one.personalAccountFen, one.cashFen, one.accountBalanceAfterFen].map(
      formatYuan,
    );
  /** Everything that a settlement would leave behind, as one word. */
  const traces = async (): Promise<string> => {
    const tables = ['settlement', 'settlement_fund', 'settlement_line', 'home_settlement', 'account_entry', 'outbox'];
    const counts = await Promise.all(tables.map((table) => world.count(table)));
    const settledLines = await world.count('fee_line', 'settlement_id is not null');
    const done = await world.count('gateway_message', `state = 'done'`);
    const used = await world.service.query<{ sum: bigint }>(
      'select coalesce(sum(amount), 0)::bigint as sum from accumulator',
    );
    return [...counts, settledLines, done, used[0]?.sum].join(' ');
  };

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-10');
    for (const personNo of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6']) await world.person({ personNo, account: '500.00' });
    await world.person({ personNo: 'P7' });
  });
  afterAll(() => world.stop());

  it('[N37 N31] one bill: trial and settlement are the same, both identities hold, everything is written together', async () => {
    const visit = await world.registered('P1', '424.29', 'CT');
    const command = world.command(visit, '424.29');
    const tried = orThrow(await world.service.get(TrySettlement).execute(command));
    expect(await world.count('settlement')).toBe(0);
    const settled = orThrow(await world.settle(command, (one) => JSON.stringify({ id: one.settlementId })));
    expect(figures(settled)).toEqual(figures(tried));
    expect(settled.firstPayFen).toBe(4_243n);
    expect(payersAddUp(settled)).toBe(true);
    expect(await world.count('fee_line', `settlement_id = '${settled.settlementId}'`)).toBe(1);
    expect(await world.service.query('select state, answer from gateway_message')).toEqual([
      { state: 'done', answer: JSON.stringify({ id: settled.settlementId }) },
    ]);
    const [event] = await world.service.published(settlementCompleted);
    expect(event?.payload).toMatchObject({ settlementId: settled.settlementId, kind: 'charge', total: '424.29' });
  });

  it('[N33] several bills of one person in one batch are settled as if they came one after the other', async () => {
    const amounts = ['150.00', '220.00', '190.00', '400.00'];
    const one: Settlement[] = [];
    for (const amount of amounts) one.push(await world.settled('P2', amount));

    const visits = [];
    for (const amount of amounts) visits.push(await world.registered('P3', amount));
    const first = world.command(await world.registered('P1', '10.00'), '10.00');
    const commands = visits.map((visit, at) => world.command(visit, amounts[at] ?? ''));
    await world.begin([first, ...commands]);
    const committer = world.service.get(SettlementCommitter);
    const outcomes = await Promise.all([first, ...commands].map((command) => committer.submit(command, () => '{}')));
    const batch = outcomes.slice(1).map((outcome) => orThrow(outcome));
    expect(batch.map(figures)).toEqual(one.map(figures));
    expect(await world.accumulators('P3')).toEqual(await world.accumulators('P2'));
    expect(await world.balance('P3')).toBe(await world.balance('P2'));
  });

  it.each([
    { personNo: 'P4', bills: 50, left: '1500.00', deductible: '300.00' },
    { personNo: 'P7', bills: 200, left: '100.00', deductible: '0.00' },
  ])(
    '[N31] $bills bills of one person at once, through two committers, share the last $left of the year’s cap: never more, and exactly that',
    async ({ personNo, bills, left, deductible }) => {
      await world.service.query(
        `insert into accumulator (person_no, scheme, benefit_year, name, amount)
         select $1, '310', 2026, n.name, n.amount from (values ('cap.outpatient', $2::bigint), ('deductible.outpatient', $3::bigint)) n (name, amount)
         where n.amount > 0 returning 1`,
        [personNo, 150_000n - parseYuan(left), 30_000n - parseYuan(deductible)],
      );
      const commands = [];
      for (let at = 0; at < bills; at += 1)
        commands.push(world.command(await world.registered(personNo, '300.00'), '300.00'));
      await world.begin(commands);
      const { service } = world;
      const parts = [
        ...([service.get(Outbox), service.get(HomeSide)] as const),
        ...([service.get(FilingDuties), service.get(OweItemLines)] as const),
      ] as const;
      const committers = [new SettlementCommitter(service.database, ...parts), service.get(SettlementCommitter)];
      const outcomes = await Promise.all(
        commands.map((command, at) => committers[at % 2]?.submit(command, () => '{}') ?? Promise.reject(new Error())),
      );
      const settled = outcomes.map((outcome) => orThrow(outcome));
      expect(settled).toHaveLength(bills);
      expect(settled.every(payersAddUp)).toBe(true);
      expect(formatYuan(sum(settled.map(fundTotal)))).toBe(left);
      expect(sum(settled.map(({ totalFen }) => totalFen))).toBe(BigInt(bills) * 30_000n);
      expect(formatYuan(sum(settled.map(({ deductibleFen }) => deductibleFen)))).toBe(deductible);
      expect(await world.balance(personNo)).toBe('0.00');
    },
  );

  it('[N34] the same bill twice at once is settled once; the second is answered with the settlement of the first', async () => {
    const visit = await world.registered('P5', '80.00');
    const commands = [world.command(visit, '80.00'), world.command(visit, '80.00')];
    await world.begin(commands);
    const committer = world.service.get(SettlementCommitter);
    const [first, second] = await Promise.all(commands.map((command) => committer.submit(command, () => '{}')));
    expect(codeOf(first)).toBe('fine');
    expect(second).toMatchObject({
      code: 'ALREADY_SETTLED',
      args: { settlementId: (first as Settlement).settlementId },
    });
    expect(await world.count('settlement', `visit_id = '${visit.visitId}'`)).toBe(1);
  });

  it('[N34] a stay is settled after its discharge, once', async () => {
    const stay = await world.discharged('P5', '9000.00');
    expect(codeOf(await world.settle(world.command(stay, '9000.00')))).toBe('fine');
    expect(codeOf(await world.settle(world.command(stay, '9000.00')))).toBe('ALREADY_SETTLED');
    const open = orThrow(await world.open('P5', 'inpatient'));
    orThrow(await world.charge(open, [world.line('10.00', { batchNo: '' })]));
    expect(await world.settle(world.command(open, '10.00'))).toMatchObject({
      code: 'VISIT_NOT_DISCHARGED',
      args: { visitId: open.visitId, action: '结算' },
    });
  });

  it('[N57] another hospital and another person do not find the visit', async () => {
    const visit = await world.registered('P5', '5.00');
    const other = { ...shanghai, institutionCode: 'H31000000999' };
    expect(codeOf(await world.settle(world.command(visit, '5.00', { institution: other })))).toBe('VISIT_UNKNOWN');
    expect(codeOf(await world.settle(world.command(visit, '5.00', { personNo: 'P1' })))).toBe('VISIT_UNKNOWN');
  });

  it('[N31] a refused bill in a batch leaves nothing behind and does not disturb the others', async () => {
    const good = world.command(await world.registered('P6', '20.00'), '20.00');
    const wrong = world.command(await world.registered('P6', '20.00'), '20.01');
    const first = world.command(await world.registered('P1', '1.00'), '1.00');
    await world.begin([first, wrong, good]);
    const committer = world.service.get(SettlementCommitter);
    const outcomes = await Promise.all([first, wrong, good].map((command) => committer.submit(command, () => '{}')));
    expect(outcomes.map(codeOf)).toEqual(['fine', 'TOTAL_DIFFERS', 'fine']);
    expect(await world.count('settlement', `visit_id = '${wrong.visitId}'`)).toBe(0);
  });

  it('[N37] what breaks in the middle leaves nothing of itself, and the others of its batch are settled', async () => {
    const broken = world.command(await world.registered('P6', '30.00'), '30.00');
    const good = world.command(await world.registered('P6', '40.00'), '40.00');
    const first = world.command(await world.registered('P1', '1.00'), '1.00');
    await world.begin([first, broken, good]);
    const committer = world.service.get(SettlementCommitter);
    const [one, two, three] = await Promise.allSettled([
      committer.submit(first, () => '{}'),
      committer.submit(broken, () => Promise.reject(new Error('the answer cannot be made'))),
      committer.submit(good, () => '{}'),
    ]);
    expect([one.status, two.status, three.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await world.count('settlement', `visit_id = '${broken.visitId}'`)).toBe(0);
    expect(await world.count('settlement', `visit_id = '${good.visitId}'`)).toBe(1);
  });

  it('[N37] a connection that dies before the commit leaves nothing: no money, no lines, no event, no answer', async () => {
    const visit = await world.registered('P6', '50.00');
    const command = world.command(visit, '50.00');
    await world.begin([command]);
    const before = await traces();
    const killed = world.service.get(SettlementCommitter).submit(command, async () => {
      await asAdmin((client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = $1 and state = 'idle in transaction' and application_name = 'yidi-settlement'`,
          [world.service.databaseName],
        ),
      );
      return '{}';
    });
    await expect(killed).rejects.toThrow();
    expect(await traces()).toBe(before);
    expect(codeOf(await world.service.get(SettlementCommitter).submit(command, () => '{}'))).toBe('fine');
  });

  it('[N37] the database refuses a settlement that breaks either identity', async () => {
    const good = await world.settled('P6', '12.00');
    const copy = { ...good, settlementId: 'S-COPY', msgid: 'copy' };
    for (const broken of [
      { ...copy, inScopeFen: copy.inScopeFen + 1n },
      { ...copy, cashFen: copy.cashFen + 1n },
      { ...copy, hospitalFen: 1n },
    ]) {
      await expect(world.service.transaction((tx) => insertSettlements(tx, [broken]))).rejects.toThrow(
        'check constraint',
      );
    }
    expect(isRefusal(good)).toBe(false);
  });
});
