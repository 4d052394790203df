import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differenceKinds } from '#shared/contracts';
import type { DifferenceKind, PartyLine } from '../reconciliation.js';
import { compareTotals } from '../reconciliation.js';
import { compareParties } from './compare-parties.js';

const line = (settlementId: string, given: Partial<PartyLine> = {}): PartyLine => ({
  settlementId,
  totalFen: 42_429n,
  fundFen: 18_067n,
  accountFen: 24_362n,
  refund: false,
  ...given,
});
const found = (institution: PartyLine[], treatment: PartyLine[], home: PartyLine[]): string[] =>
  compareParties(institution, treatment, home).map(({ settlementId, kind }) => `${settlementId} ${kind}`);

/** Spoils one settlement so that exactly this difference is there. */
const seeds: Readonly<Record<DifferenceKind, (parties: PartyLine[][], id: string) => PartyLine[][]>> = {
  'missing-at-institution': ([institution = [], ...rest], id) => [without(institution, id), ...rest],
  'missing-at-treatment': ([institution = [], treatment = [], home = []], id) => [
    institution,
    without(treatment, id),
    home,
  ],
  'missing-at-home': ([institution = [], treatment = [], home = []], id) => [institution, treatment, without(home, id)],
  'amount-differs': ([institution = [], ...rest], id) => [
    change(institution, id, ({ fundFen }) => ({ fundFen: fundFen + 1n })),
    ...rest,
  ],
  'status-differs': ([institution = [], ...rest], id) => [
    change(institution, id, ({ refund }) => ({ refund: !refund })),
    ...rest,
  ],
};
const without = (lines: PartyLine[], id: string): PartyLine[] => lines.filter((one) => one.settlementId !== id);
const change = (lines: PartyLine[], id: string, how: (one: PartyLine) => Partial<PartyLine>): PartyLine[] =>
  lines.map((one) => (one.settlementId === id ? { ...one, ...how(one) } : one));

describe('three parties compared', () => {
  it('[N38] three that agree differ in nothing, in whatever order they tell', () => {
    expect(found([line('S1'), line('S2')], [line('S2'), line('S1')], [line('S1'), line('S2')])).toEqual([]);
    expect(found([], [], [])).toEqual([]);
  });

  it.each(['totalFen', 'fundFen', 'accountFen'] as const)(
    '[N38] one fen of %s at the hospital or at home is found',
    (key) => {
      const off = line('S1', { [key]: line('S1')[key] + 1n });
      expect(found([off], [line('S1')], [line('S1')])).toEqual(['S1 amount-differs']);
      expect(found([line('S1')], [line('S1')], [off])).toEqual(['S1 amount-differs']);
    },
  );

  it('[N38] a refund that one of the three knows as a charge differs in its status', () => {
    const refund = line('S1', { refund: true });
    expect(found([line('S1')], [refund], [refund])).toEqual(['S1 status-differs']);
    expect(found([refund], [refund], [line('S1')])).toEqual(['S1 status-differs']);
  });

  it('[N38] what is missing is said before what differs, and once per settlement', () => {
    expect(found([line('S1')], [], [])).toEqual(['S1 missing-at-treatment']);
    expect(found([], [], [line('S1')])).toEqual(['S1 missing-at-treatment']);
    expect(found([], [line('S1')], [])).toEqual(['S1 missing-at-institution']);
    expect(found([line('S1', { totalFen: 1n, refund: true })], [line('S1')], [])).toEqual(['S1 missing-at-home']);
  });

  it('[N38] of any seeded differences every one is found with its kind, and none is invented', () => {
    const anyKind = fc.option(fc.constantFrom(...differenceKinds), { freq: 2 });
    const anyDay = fc.array(
      fc.record({
        totalFen: fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fundFen: fc.bigInt({ min: 0n, max: 10n ** 9n }),
        refund: fc.boolean(),
        seed: anyKind,
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(anyDay, (day) => {
        const lines = day.map(({ seed: _seed, ...facts }, at) => line(`S${String(at).padStart(3, '0')}`, facts));
        const expected: string[] = [];
        let parties: PartyLine[][] = [lines, lines, lines];
        day.forEach(({ seed }, at) => {
          const id = lines[at]?.settlementId ?? '';
          if (seed === null) return;
          parties = seeds[seed](parties, id);
          expected.push(`${id} ${seed}`);
        });
        const [institution = [], treatment = [], home = []] = parties;
        expect(found(institution, treatment, home)).toEqual(expected);
      }),
    );
  });
});

describe('totals compared', () => {
  const totals = { settlements: 2, totalFen: 10_000n, fundFen: 8_000n, accountFen: 500n };

  it('[N38] equal totals differ in nothing; each figure that is off is said in words', () => {
    expect(compareTotals(totals, totals)).toEqual([]);
    expect(compareTotals({ ...totals, settlements: 1 }, totals)).toEqual(['笔数：机构 1，中心 2']);
    expect(compareTotals({ settlements: 2, totalFen: 10_001n, fundFen: 7_999n, accountFen: 0n }, totals)).toEqual([
      '医疗费总额：机构 100.01，中心 100.00',
      '基金支付：机构 79.99，中心 80.00',
      '个人账户支付：机构 0.00，中心 5.00',
    ]);
  });
});
