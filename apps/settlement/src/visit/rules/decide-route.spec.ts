import { describe, expect, it } from '@jest/globals';
import { filingCategories } from '#shared/contracts';
import type { KnownFiling } from '../../person/known-person.js';
import { FilingDuties } from '../filing-duties.js';
import { decideRoute } from './decide-route.js';
import type { RouteFacts } from './decide-route.js';

const filing = (given: Partial<KnownFiling> = {}): KnownFiling => ({
  filingNo: 'BA1',
  category: 'referral',
  destination: '310000',
  status: 'effective',
  decidedOn: '2026-03-01',
  validFrom: '2026-03-01',
  validTo: '2026-09-01',
  commitmentDueOn: null,
  ...given,
});
const decide = (given: Partial<RouteFacts>) =>
  decideRoute({
    homeArea: '430100',
    treatmentArea: '310000',
    emergency: false,
    filingNeeded: true,
    filings: [],
    admittedOn: '2026-03-10',
    today: '2026-03-20',
    ...given,
  });
const route = (given: Partial<RouteFacts>): string => decide(given)?.route ?? 'not filed';
const filed = (given: Partial<KnownFiling>, facts: Partial<RouteFacts> = {}): string =>
  route({ filings: [filing(given)], ...facts });

describe('on what ground a person is treated', () => {
  it('[N14] at home there is no route, whatever was filed', () => {
    expect(decide({ treatmentArea: '430102', filings: [filing()] })).toMatchObject({ route: 'none', filingNo: null });
  });

  it.each(filingCategories.map((category) => [category] as const))(
    '[H20 N7] a filing as %s is a ground of its own',
    (category) => {
      const expected = { referral: 'referral', 'other-temporary': 'other' }[category as string] ?? 'long-term';
      expect(decide({ filings: [filing({ category })] })).toMatchObject({ route: expected, filingNo: 'BA1' });
    },
  );

  it('[N14 N16] away from home without a filing, where one is needed: not filed', () => {
    expect(decide({})).toBeUndefined();
  });

  it('[N34 H55 N8(5)] an unfiled emergency counts as filed', () => {
    expect(decide({ emergency: true })).toMatchObject({ route: 'emergency', filingNo: null, articles: ['N34', 'H55'] });
  });

  it('[H20] of several grounds the best counts: long-term, referral, emergency, other', () => {
    const other = filing({ filingNo: 'BA3', category: 'other-temporary' });
    const longTerm = filing({ filingNo: 'BA2', category: 'posted-worker' });
    expect(decide({ filings: [other, filing(), longTerm], emergency: true })).toMatchObject({ filingNo: 'BA2' });
    expect(route({ filings: [other, filing()], emergency: true })).toBe('referral');
    expect(route({ filings: [other], emergency: true })).toBe('emergency');
    expect(route({ filings: [other] })).toBe('other');
  });

  it('[H8 N14] where no filing is needed there is no reduction, and one for other reasons does not bring one', () => {
    expect(route({ filingNeeded: false })).toBe('none');
    expect(filed({ category: 'other-temporary' }, { filingNeeded: false })).toBe('none');
    expect(filed({ category: 'referral' }, { filingNeeded: false })).toBe('referral');
  });

  it('[N12 H14] an admission on the last day counts, also when settled a month after it; the day after does not', () => {
    const late = { today: '2026-10-01' };
    expect(filed({}, { admittedOn: '2026-09-01', ...late })).toBe('referral');
    expect(filed({}, { admittedOn: '2026-09-02', ...late })).toBe('not filed');
  });

  it('[N10] a long-term filing has no last day', () => {
    expect(
      filed({ category: 'retired-resettled', validTo: null }, { admittedOn: '2036-01-01', today: '2036-02-01' }),
    ).toBe('long-term');
  });

  it('[P2.4 N16] a filing made after the admission counts from the day of its decision, not before', () => {
    const supplementary = { decidedOn: '2026-03-15', validFrom: '2026-03-15' };
    expect(filed(supplementary, { today: '2026-03-15' })).toBe('referral');
    expect(filed(supplementary, { today: '2026-03-14' })).toBe('not filed');
  });

  it('[N10] a filing that begins later than today is no ground yet', () => {
    expect(filed({ validFrom: '2026-03-20' })).toBe('referral');
    expect(filed({ validFrom: '2026-03-21' })).toBe('not filed');
  });

  it.each(['applied', 'rejected', 'suspended'] as const)('[N13 H16] a filing that is %s is no ground', (status) => {
    expect(filed({ status })).toBe('not filed');
  });

  it.each(['cancelled', 'ended', 'unfiled', 'replaced'] as const)(
    '[N12 N13] a filing that is %s stays good for whoever was admitted on its last day, not a day later',
    (status) => {
      expect(filed({ status, validTo: '2026-03-10' })).toBe('referral');
      expect(filed({ status, validTo: '2026-03-09' })).toBe('not filed');
    },
  );

  it('[N9] a filing nobody has decided is no ground', () => {
    expect(filed({ decidedOn: null })).toBe('not filed');
  });

  it('[N11 H15] a filing covers its place: another prefecture of the province does not, Hainan does', () => {
    expect(filed({ destination: '420100' }, { treatmentArea: '420100' })).toBe('referral');
    expect(filed({ destination: '420100' }, { treatmentArea: '420500' })).toBe('not filed');
    expect(filed({ destination: '460000' }, { treatmentArea: '460200' })).toBe('referral');
    expect(filed({ destination: '310000' }, { treatmentArea: '110000' })).toBe('not filed');
  });

  it('[P2.5 H21] a long-term resident who is referred onward has the referral rate there, the local one where he lives', () => {
    const filings = [filing(), filing({ filingNo: 'BA2', category: 'posted-worker', destination: '110000' })];
    expect([route({ filings }), route({ filings, treatmentArea: '110000' })]).toEqual(['referral', 'long-term']);
  });

  it('[P2.5 H22 A2] at home: local with the proof there; while a commitment stands in for it only in an emergency', () => {
    const long = { category: 'long-term-resident', validTo: null } as const;
    const home = { treatmentArea: '430100' };
    expect(filed(long, home)).toBe('none');
    expect(filed({ ...long, commitmentDueOn: '2026-09-01' }, home)).toBe('not filed');
    expect(filed({ ...long, commitmentDueOn: '2026-09-01' }, { ...home, emergency: true })).toBe('none');
  });

  it('[H22] a commitment not kept: the long-term rate is gone on the day after, message or no message', () => {
    const on = (day: string): string =>
      filed(
        { category: 'posted-worker', validTo: null, commitmentDueOn: '2026-09-01' },
        { admittedOn: day, today: day },
      );
    expect([on('2026-09-01'), on('2026-09-02')]).toEqual(['long-term', 'not filed']);
  });
});

describe('who needs a filing for what', () => {
  const duties = FilingDuties.load();
  const needed = (home: string, treatment: string, setting: 'inpatient' | 'outpatient'): boolean =>
    duties.isNeeded(home, treatment, setting, '2026-03-10');

  it('[N14 H8] inpatients across provinces need one, outpatients none', () => {
    expect([needed('430600', '310000', 'inpatient'), needed('430600', '310000', 'outpatient')]).toEqual([true, false]);
    expect([needed('440300', '430100', 'inpatient'), needed('440300', '430100', 'outpatient')]).toEqual([true, false]);
  });

  it('[H8] inside Hunan Changsha and the provincial pool need none, the others do', () => {
    expect([needed('430100', '430200', 'inpatient'), needed('439900', '430200', 'inpatient')]).toEqual([false, false]);
    expect([needed('430600', '430100', 'inpatient'), needed('430102', '430200', 'inpatient')]).toEqual([true, false]);
  });

  it('[N64] before the first day of a rule nothing is guessed', () => {
    expect(() => duties.isNeeded('430600', '310000', 'inpatient', '2022-09-30')).toThrow('in force');
  });
});
