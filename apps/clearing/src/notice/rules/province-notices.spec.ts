import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '#shared/money';
import { pairProvinces } from '../../tables/rules/pair-provinces.js';
import { anyItems } from '../../testing/any-items.js';
import { itemOf } from '../../testing/clearing-facts.js';
import type { Notice } from '../notice.js';
import { provinceNotices } from './province-notices.js';

const notices = (...items: Parameters<typeof itemOf>[0][]): Notice[] =>
  provinceNotices(pairProvinces(items.map((item) => itemOf(item))), '2026-03', '2026-04-30');
const shown = (all: readonly Notice[]): unknown[] =>
  all.map(({ kind, agency, lines, totalFen }) => [
    kind,
    agency,
    lines.map(({ counterpart, amountFen, returned }) => `${returned ? '*' : ''}${counterpart} ${amountFen}`),
    totalFen,
  ]);

describe('payment and receipt notices', () => {
  it('[N47 A15 A16] who pays gets a payment notice, who receives a receipt notice, of the same amount', () => {
    expect(shown(notices({ fundFen: 15_000n }))).toEqual([
      ['receipt', '110000', ['430000 15000'], 15_000n],
      ['payment', '430000', ['110000 15000'], 15_000n],
    ]);
  });

  it('[N51] what flows back is a “*” row in the treatment side’s payment notice and the home side’s receipt notice', () => {
    expect(shown(notices({ fundFen: -700n }))).toEqual([
      ['payment', '110000', ['*430000 700'], 700n],
      ['receipt', '430000', ['*110000 700'], 700n],
    ]);
  });

  it('[N51] a “*” row stands beside normal rows of the same two provinces and is not netted with them', () => {
    const both = notices(
      { fundFen: -700n },
      { homeArea: '110000', treatmentArea: '430100', fundFen: 900n },
      { scheme: '390', fundFen: 50n },
    );
    expect(shown(both)).toEqual([
      ['payment', '110000', ['430000 900', '*430000 700'], 1_600n],
      ['receipt', '110000', ['430000 50'], 50n],
      ['payment', '430000', ['110000 50'], 50n],
      ['receipt', '430000', ['110000 900', '*110000 700'], 1_600n],
    ]);
  });

  it('[N47] a pair that comes to nothing makes no line and no notice', () => {
    expect(notices({ fundFen: 700n }, { fundFen: -700n })).toEqual([]);
  });

  it('[N47] a notice’s number tells kind, agency and period', () => {
    expect(notices({}).map(({ noticeNo }) => noticeNo)).toEqual(['SK110000202603', 'FK430000202603']);
  });

  it('[N47] every fen of a payment notice is on exactly one receipt notice', () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const all = provinceNotices(pairProvinces(items), '2026-03', '2026-04-30');
        const lines = (kind: Notice['kind']) =>
          all
            .filter((notice) => notice.kind === kind)
            .flatMap(({ agency, lines: own }) =>
              own.map(({ counterpart, amountFen, returned }) => {
                const [payer, payee] = kind === 'payment' ? [agency, counterpart] : [counterpart, agency];
                return `${payer} ${payee} ${amountFen} ${returned}`;
              }),
            )
            .sort();
        expect(lines('payment')).toEqual(lines('receipt'));
        for (const { lines: own, totalFen } of all) {
          expect(totalFen).toBe(sum(own.map(({ amountFen }) => amountFen)));
          expect(own.every(({ amountFen }) => amountFen > 0n)).toBe(true);
        }
      }),
    );
  });
});
