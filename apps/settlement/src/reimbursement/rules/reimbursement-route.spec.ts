import { describe, expect, it } from '@jest/globals';
import type { StoredFiling } from '../../person/known-person.js';
import { reimbursementRoute } from './reimbursement-route.js';
import type { ReimbursementRouteFacts } from './reimbursement-route.js';

const filing = (given: Partial<StoredFiling> = {}): StoredFiling => ({
  filingNo: 'BA1',
  personNo: 'P1',
  category: 'referral',
  destination: '310000',
  status: 'effective',
  decidedOn: '2026-03-01',
  validFrom: '2026-03-01',
  validTo: '2026-09-01',
  commitmentDueOn: null,
  coversFrom: null,
  ...given,
});
/** Made up for on 25 March, after a stay from the 10th to the 20th. */
const late = (given: Partial<StoredFiling> = {}): StoredFiling =>
  filing({ decidedOn: '2026-03-25', validFrom: '2026-03-25', coversFrom: '2026-03-10', ...given });
const decide = (given: Partial<ReimbursementRouteFacts>) =>
  reimbursementRoute({
    ...{ source: 'self-paid', homeArea: '430100', treatmentArea: '310000', emergency: false, filingNeeded: true },
    ...{ filings: [], admittedOn: '2026-03-10', settledOn: '2026-03-20', today: '2026-04-01' },
    ...given,
  });
const route = (...filings: StoredFiling[]): string => decide({ filings })?.route ?? 'nothing yet';

describe('the rate of a reimbursement', () => {
  it.each([
    ['referral', 'referral'],
    ['other-temporary', 'other'],
    ['long-term-resident', 'long-term'],
  ] as const)(
    '[N44 H20(4)] filed as %s and settled in vain: what direct settlement would have given',
    (category, wanted) => {
      const decision = decide({ source: 'direct-failed', filings: [filing({ category })] });
      expect(decision).toMatchObject({ route: wanted, filingNo: 'BA1' });
      expect(decision?.articles).toEqual(['N12', 'H20', 'N44', 'H20(4)']);
    },
  );

  it('[H20] without any filing it is the rate of the unfiled, an emergency counts as filed', () => {
    expect(decide({})).toEqual({ route: 'unfiled', filingNo: null, articles: ['H20', 'N61', 'H59'] });
    expect(decide({ emergency: true })).toMatchObject({ route: 'emergency' });
    expect(decide({ filingNeeded: false })).toMatchObject({ route: 'none' });
  });

  it('[P2.4 H17] made up for after a self-paid discharge: its rate, for the stay that it was made for', () => {
    expect(decide({ filings: [late()] })).toMatchObject({ route: 'referral', filingNo: 'BA1' });
    expect(decide({ filings: [late()] })?.articles.slice(-2)).toEqual(['P2.4', 'H17']);
    expect(route(late({ coversFrom: '2026-03-09' }))).toBe('referral');
    expect(route(late({ coversFrom: '2026-03-11' }))).toBe('unfiled');
    expect(route(late({ destination: '110000' }))).toBe('unfiled');
    expect(route(late({ status: 'rejected' }))).toBe('unfiled');
  });

  it('[P2.4 H17] any other filing that was decided after the discharge is for later treatment', () => {
    expect(route(late({ coversFrom: null, decidedOn: '2026-03-21', validFrom: '2026-03-21' }))).toBe('unfiled');
    expect(route(late({ coversFrom: null, decidedOn: '2026-03-20', validFrom: '2026-03-20' }))).toBe('referral');
  });

  it('[P2.4] not before it is decided', () => {
    expect(decide({ filings: [late()], today: '2026-03-25' })?.route).toBe('referral');
    expect(decide({ filings: [late()], today: '2026-03-24' })?.route).toBe('unfiled');
  });

  it('[P2.5 H22] at home, filed elsewhere on a commitment without proof: nothing yet', () => {
    const unproven = filing({ category: 'long-term-resident', commitmentDueOn: '2026-09-01' });
    expect(decide({ treatmentArea: '430100', filings: [unproven] })).toBeUndefined();
    expect(decide({ treatmentArea: '430100' })).toMatchObject({ route: 'none' });
  });
});
