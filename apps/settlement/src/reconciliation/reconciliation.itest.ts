import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconciliationMismatched } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { testCaller } from '#shared/testing';
import { fundTotal } from '../settlement/settlement.js';
import type { Settlement } from '../settlement/settlement.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { ConfirmReconciliation } from './confirm-reconciliation.js';
import { ReconcileDetails } from './reconcile-details.js';
import type { PartyLine } from './reconciliation.js';
import { differencesOn, keepStatement, partyTotals, treatmentTotals } from './reconciliation.repository.js';
import type { Group } from './reconciliation.repository.js';

const day = '2026-03-16';
const group = (setting: Group['setting']): Group => ({
  institutionCode: shanghai.institutionCode,
  setting,
  scheme: null,
  from: day,
  to: day,
});
const lineOf = (one: Settlement): PartyLine => ({
  settlementId: one.settlementId,
  totalFen: one.totalFen,
  fundFen: fundTotal(one),
  accountFen: one.personalAccountFen,
  refund: one.kind === 'refund',
});

describe('reconciling a day with a hospital', () => {
  let world: SettlementWorld;
  let settled: Settlement[];
  const reconcile = (lines: readonly PartyLine[], setting: Group['setting'] = 'outpatient') =>
    world.service.transaction((tx) => world.service.get(ReconcileDetails).execute(tx, group(setting), lines));
  const open = async (): Promise<string[]> =>
    (
      await world.service.query<{ text: string }>(
        `select settlement_id || ' ' || kind as text from difference where state = 'open' order by settlement_id, kind`,
      )
    ).map(({ text }) => text);
  const told = async (): Promise<string[]> =>
    (await world.service.published(reconciliationMismatched)).map(
      ({ payload }) => `${payload.differenceId} ${payload.kind} ${payload.state}`,
    );
  const confirmed = (area: string) =>
    world.service.get(ConfirmReconciliation).execute({ from: day, to: day, period: day }, testCaller(area));

  beforeAll(async () => {
    world = await SettlementWorld.start(day);
    await world.person({ personNo: 'P1', account: '100.00' });
    await world.person({ personNo: 'P2', home: '430600' });
    settled = [
      await world.settled('P1', '100.00'),
      await world.settled('P1', '250.00'),
      await world.settled('P2', '300.00'),
    ];
    settled.push(orThrow(await world.refund(settled[0] as Settlement)));
  });
  afterAll(() => world.stop());

  it('[N38] three parties that agree differ in nothing', async () => {
    expect(await reconcile(settled.map(lineOf))).toEqual([]);
    expect([await open(), await told()]).toEqual([[], []]);
  });

  it('[N38 N42] our totals of the group, with the refund and without it', async () => {
    const totals = (withRefunds: boolean) =>
      world.service.transaction((tx) => treatmentTotals(tx, group('outpatient'), withRefunds));
    expect(await totals(true)).toMatchObject({ settlements: 4, totalFen: 55_000n });
    expect(await totals(false)).toMatchObject({ settlements: 3, totalFen: 65_000n });
    const residents = await world.service.transaction((tx) =>
      treatmentTotals(tx, { ...group('outpatient'), scheme: '390' }, true),
    );
    expect(residents).toEqual({ settlements: 0, totalFen: 0n, fundFen: 0n, accountFen: 0n });
  });

  it('[N38] what the hospital leaves out, writes differently or invents is found once, however often it is compared', async () => {
    const [first, second, third, refund] = settled.map(lineOf) as [PartyLine, PartyLine, PartyLine, PartyLine];
    const file = [
      first,
      { ...second, totalFen: 1n },
      { ...refund, refund: false },
      { ...third, settlementId: 'S-INVENTED' },
    ];
    await reconcile(file);
    await reconcile(file);
    const expected = [
      'S-INVENTED missing-at-treatment',
      `${second.settlementId} amount-differs`,
      `${third.settlementId} missing-at-institution`,
      `${refund.settlementId} status-differs`,
    ].sort();
    expect(await open()).toEqual(expected);
    expect((await told()).filter((text) => text.endsWith('open'))).toHaveLength(4);
  });

  it('[N38] a settlement that the home side does not have is missing there', async () => {
    const [, second] = settled as [Settlement, Settlement];
    await world.service.query(
      `update home_settlement set settlement_id = 'S-HIDDEN' where settlement_id = $1 returning 1`,
      [second.settlementId],
    );
    const found = await reconcile(settled.map(lineOf));
    expect(found).toEqual([
      { settlementId: 'S-HIDDEN', kind: 'missing-at-treatment' },
      { settlementId: second.settlementId, kind: 'missing-at-home' },
    ]);
    await world.service.query(
      `update home_settlement set settlement_id = $1 where settlement_id = 'S-HIDDEN' returning 1`,
      [second.settlementId],
    );
  });

  it('[N38] the file of the stays does not close what the file of the outpatients showed', async () => {
    const invented = [...settled.map(lineOf), { ...lineOf(settled[0] as Settlement), settlementId: 'S-INVENTED' }];
    await reconcile(invented);
    await reconcile([], 'inpatient');
    expect(await open()).toEqual(['S-INVENTED missing-at-treatment']);
  });

  it('[N38] a home area does not confirm a day on which a difference of its people is open', async () => {
    const [, , third] = settled.map(lineOf) as [PartyLine, PartyLine, PartyLine];
    await reconcile(settled.map(lineOf).filter(({ settlementId }) => settlementId !== third.settlementId));
    expect(await confirmed('430600')).toMatchObject({ code: 'OPEN_DIFFERENCES', args: { count: 1 } });
    expect(await confirmed('430100')).toEqual({ period: day, homeArea: '430100', confirmedOn: day });
  });

  it('[N38] the corrected file closes it, and then it is confirmed', async () => {
    expect(await reconcile(settled.map(lineOf))).toEqual([]);
    expect(await open()).toEqual([]);
    expect(await confirmed('430600')).toMatchObject({ homeArea: '430600' });
  });

  it('[N38] a difference that comes back is a new one, told anew', async () => {
    const [, , third] = settled.map(lineOf) as [PartyLine, PartyLine, PartyLine];
    const before = (await told()).length;
    await reconcile(settled.map(lineOf).filter(({ settlementId }) => settlementId !== third.settlementId));
    const [again] = (await told()).slice(before);
    expect(again).toMatch(/missing-at-institution open$/);
    const numbers = (await told()).map((text) => text.split(' ')[0]);
    expect(numbers.filter((number) => number === again?.split(' ')[0])).toHaveLength(1);
    await reconcile(settled.map(lineOf));
  });

  it('[N38] every difference was told when it was found and once more when it was gone', async () => {
    const all = await told();
    const opened = all.filter((text) => text.endsWith('open')).map((text) => text.replace(' open', ''));
    const gone = all.filter((text) => text.endsWith('resolved')).map((text) => text.replace(' resolved', ''));
    expect(new Set(opened).size).toBe(opened.length);
    expect(gone.sort()).toEqual(opened.sort());
  });

  it('[N57] an area sees the differences and totals of its own people or hospitals', async () => {
    const stated = { settlements: 4, totalFen: 55_000n, fundFen: 1n, accountFen: 1n };
    const statement = { treatmentArea: shanghai.area, stated, withRefunds: true, balanced: false, at: new Date() };
    await world.service.transaction((tx) => keepStatement(tx, { ...group('outpatient'), scheme: '310' }, statement));
    const seenBy = (prefix: string) =>
      world.service.database.asScope({ prefix }, async (tx) => [
        (await differencesOn(tx, day)).length,
        ...(await partyTotals(tx, day)).map(({ party, settlements }) => `${party} ${settlements}`),
      ]);
    expect((await seenBy('4306')).slice(1)).toEqual(['institution 0', 'treatment 1', 'home 1']);
    expect((await seenBy('31')).slice(1)).toEqual(['institution 4', 'treatment 4', 'home 0']);
    expect(await seenBy('42')).toEqual([0, 'institution 0', 'treatment 0', 'home 0']);
  });
});
