import { describe, expect, it } from '@jest/globals';
import { covers, homeTreatment, isQualifiedOn, wasInForce } from './index.js';
import type { CareFacts, FilingFacts } from './index.js';

const filing = (more: Partial<FilingFacts> = {}): FilingFacts => ({
  category: 'other-temporary',
  destination: '420100',
  status: 'effective',
  decidedOn: '2026-03-02',
  validFrom: '2026-03-02',
  validTo: '2026-09-02',
  commitmentDueOn: null,
  ...more,
});
const care = (more: Partial<CareFacts> = {}): CareFacts => ({
  treatmentArea: '420106',
  admittedOn: '2026-03-10',
  today: '2026-03-20',
  reach: 'destination',
  ...more,
});

describe('what a filing covers', () => {
  it.each([
    ['420106', 'destination', true],
    ['420500', 'destination', false],
    ['420500', 'province', true],
    ['430100', 'province', false],
  ] as const)(
    '[N11 H15] filed to Wuhan: treatment in %s with the reach %s is covered: %s',
    (treatmentArea, reach, is) => {
      expect(covers(filing(), care({ treatmentArea, reach }))).toBe(is);
    },
  );

  it.each([
    ['2026-09-02', '2026-10-05', true],
    ['2026-09-03', '2026-10-05', false],
  ])('[N12 H14] admitted on %s and settled on %s: %s', (admittedOn, today, is) => {
    expect(covers(filing(), care({ admittedOn, today }))).toBe(is);
    expect(covers(filing({ status: 'expired' }), care({ admittedOn, today }))).toBe(is);
  });

  it('[N12 H14] any number of visits within validity', () => {
    const days = ['2026-03-02', '2026-05-31', '2026-09-01'];
    expect(days.map((admittedOn) => covers(filing(), care({ admittedOn, today: admittedOn })))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('[P2.4 H27] made up after the admission it counts while it is in force, not before its decision and not after its end', () => {
    const late = { admittedOn: '2026-02-20' };
    expect(covers(filing(), care({ ...late, today: '2026-03-02' }))).toBe(true);
    expect(covers(filing(), care({ ...late, today: '2026-03-01' }))).toBe(false);
    expect(covers(filing({ status: 'cancelled', validTo: '2026-03-09' }), care({ ...late, today: '2026-03-10' }))).toBe(
      false,
    );
  });

  it.each([
    ['applied', false],
    ['rejected', false],
    ['suspended', false],
    ['effective', true],
    ['cancelled', true],
    ['replaced', true],
    ['ended', true],
    ['expired', true],
    ['unfiled', true],
  ] as const)('[N12 N13] an admission within the days of a filing that is now %s settles: %s', (status, is) => {
    expect(covers(filing({ status }), care())).toBe(is);
  });

  it.each([
    ['2026-09-02', true],
    ['2026-09-03', false],
  ])(
    '[H22 P2.5] a commitment due on 2026-09-02: admitted on %s, the filing counts: %s, job or no job',
    (admittedOn, is) => {
      const committed = { category: 'posted-worker', validTo: null, commitmentDueOn: '2026-09-02' } as const;
      for (const status of ['effective', 'unfiled'] as const)
        expect(covers(filing({ ...committed, status }), care({ admittedOn, today: admittedOn }))).toBe(is);
    },
  );
});

describe('both ends', () => {
  const long = filing({ category: 'long-term-resident', validTo: null });
  it('[P2.5 H21] who lives elsewhere by filing is treated at home at the local rates', () => {
    expect(homeTreatment([long], '2026-03-10').value).toBe('local');
    expect(homeTreatment([], '2026-03-10').value).toBe('local');
  });

  it('[P2.5 H22] not before the proof is there; and again when the commitment has lapsed', () => {
    const committed = { ...long, commitmentDueOn: '2026-09-02' };
    expect(homeTreatment([committed], '2026-09-02').value).toBe('not-until-proof');
    expect(homeTreatment([committed], '2026-09-03').value).toBe('local');
    expect(homeTreatment([{ ...committed, category: 'referral' }], '2026-03-10').value).toBe('local');
  });
});

describe('the days of a qualification', () => {
  const granted = { status: 'effective', from: '2026-03-01', to: '2026-03-31' };
  it.each(['effective', 'ended'])('[N13 H16 N31] %s: good from the first to the last day, both included', (status) => {
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'];
    expect(days.map((day) => isQualifiedOn({ ...granted, status }, day))).toEqual([false, true, true, false]);
  });

  it('[N13] without a last day it goes on, unless it has ended; what waits or was refused is not good', () => {
    const on = (status: string) => isQualifiedOn({ ...granted, to: null, status }, '2036-03-01');
    expect(['effective', 'ended', 'applied', 'rejected'].map(on)).toEqual([true, false, false, false]);
    expect(isQualifiedOn({ ...granted, status: 'rejected' }, '2026-03-10')).toBe(false);
  });
});

describe('in force', () => {
  it('[N10 H13] from the first to the last day, both included', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-09-02', '2026-09-03'];
    expect(days.map((day) => wasInForce(filing(), day))).toEqual([false, true, true, false]);
  });
});
