import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AreaValues } from '#shared/rules';
import { coveredDiseases } from '../../qualification/rules/covered-diseases.js';
import { isEndable, isGrantable } from '../../qualification/rules/possible-term.js';
import { active, withCheckDigit } from '../../testing/people.js';
import { standingOn } from '../person.js';
import { isDocumentNumber, normalDocumentNumber } from './identity-document.js';
import { withStatusChange } from './status-change.js';
import type { StatusChange } from './status-change.js';

describe('identity documents', () => {
  const good = withCheckDigit('99999919800506123');
  it.each([
    ['01', good, true],
    ['01', good.slice(0, 17) + (good.endsWith('1') ? '2' : '1'), false],
    ['01', withCheckDigit('99999919800230123'), false],
    ['01', good.slice(0, 15), false],
    ['17', withCheckDigit('81000019800506123'), true],
    ['17', withCheckDigit('82000019800506123'), true],
    ['17', withCheckDigit('83000019800506123'), true],
    ['17', withCheckDigit('43000019800506123'), false],
    ['17', `${withCheckDigit('81000019800506123').slice(0, 17)}*`, false],
    ['07', withCheckDigit('91156019800506123'), true],
    ['07', 'CHN310080050612', true],
    ['07', 'CHN310080023012', false],
    ['04', 'H12345678', true],
    ['05', 'H12345678', false],
    ['06', '12345678', true],
    ['08', 'E1234567', true],
    ['08', 'E-1', false],
    ['88', good, false],
  ])('[N16] a document of the kind %s with the number %s is accepted: %s', (kind, number, accepted) => {
    expect(isDocumentNumber(kind, number)).toBe(accepted);
  });

  it('[N16] blanks and small letters are the same number', () => {
    expect(normalDocumentNumber(' 110101 19800506 123x ')).toBe('11010119800506123X');
  });
});

describe('the history of an insured status', () => {
  const change = (status: StatusChange['status'], on: string): StatusChange => ({ scheme: '310', status, on });
  const after = (changes: StatusChange[]) =>
    changes.reduce((spans, one) => withStatusChange(spans, one) ?? spans, [active('2020-01-01')]);

  it('[H16 N13] late news go to their own day: suspended in March, active again since April', () => {
    const history = after([change('active', '2026-04-01'), change('suspended', '2026-03-01')]);
    expect(history.map(({ status, from, to }) => [status, from, to])).toEqual([
      ['active', '2020-01-01', '2026-02-28'],
      ['suspended', '2026-03-01', '2026-03-31'],
      ['active', '2026-04-01', null],
    ]);
    expect(standingOn(history, '2026-03-15')).toEqual({ standing: 'paused', since: '2026-03-01' });
  });

  it('[H16 N13] any order and any repetition of the same news is the same history', () => {
    const days = ['2026-01-10', '2026-02-10', '2026-03-10', '2026-04-10'];
    const statuses = fc.constantFrom('active', 'suspended', 'ended', 'moved');
    fc.assert(
      fc.property(
        fc.tuple(statuses, statuses, statuses, statuses),
        fc.shuffledSubarray([0, 1, 2, 3, 0, 2], { minLength: 6 }),
        (given, order) => {
          const changes = days.map((day, index) => change(given[index] ?? 'active', day));
          expect(after(order.map((index) => changes[index] ?? change('active', '')))).toEqual(after(changes));
        },
      ),
      { numRuns: 300, seed: 20260302 },
    );
  });

  it('[N13] without any insurance of the scheme there is nothing to change', () => {
    expect(withStatusChange([], change('ended', '2026-01-01'))).toBeUndefined();
  });

  it.each([
    ['2026-06-30', 'insured'],
    ['2026-07-01', 'gone'],
  ] as const)('[H16] insured until 2026-06-30: on %s the person is %s', (day, standing) => {
    expect(standingOn([active('2020-01-01', { to: '2026-06-30' })], day).standing).toBe(standing);
  });

  it('[N7] one active scheme is enough', () => {
    const both = [
      active('2020-01-01', { status: 'ended' }),
      active('2020-01-01', { scheme: '390', category: 'resident' }),
    ];
    expect(standingOn(both, '2026-01-01').standing).toBe('insured');
  });
});

describe('the term of a qualification', () => {
  it.each([
    ['2026-03-31', '2026-03-01', true],
    ['2026-03-01', '2026-03-01', true],
    ['2026-02-28', '2026-03-01', false],
    [null, '2026-03-01', true],
  ])('[N13 H16] until %s, granted from %s on: possible is %s', (to, from, is) => {
    expect(isGrantable(from, to)).toBe(is);
  });

  it('[N13 H16] it ends today at the latest, and may never have been good', () => {
    const ends = ['2026-03-02', '2026-03-03', '2020-01-01'];
    expect(ends.map((to) => isEndable(to, '2026-03-02'))).toEqual([true, false, true]);
  });
});

describe('chronic diseases', () => {
  const values = AreaValues.load('filing/chronic-diseases.yaml');
  it.each([
    ['110000', '2024-08-31', 5],
    ['110000', '2024-09-01', 10],
    ['430100', '2024-09-01', 12],
  ])('[P2.1 H18] %s on %s: %i diseases', (area, day, count) => {
    expect(coveredDiseases(values.of(area), day)).toHaveLength(count);
  });
});
