import { describe, expect, it } from '@jest/globals';
import { formMissingFor } from './outside-form.js';
import { outsideFault } from './outside-line.js';
import type { OutsideLineFacts } from './outside-line.js';

const fault = (given: Partial<OutsideLineFacts>): string | undefined =>
  outsideFault({
    setting: 'inpatient',
    admittedOn: '2026-03-10',
    dischargedOn: '2026-03-16',
    occurredOn: '2026-03-12',
    institutionCode: 'H31000000301',
    outsideInstitution: 'H31000000302',
    designated: true,
    ...given,
  });

describe('what is done elsewhere during a stay', () => {
  it.each([
    ['at another designated hospital during the stay', {}, undefined],
    ['on the day of admission', { occurredOn: '2026-03-10' }, undefined],
    ['the day before it', { occurredOn: '2026-03-09' }, 'not-during-stay'],
    ['on the day of discharge', { occurredOn: '2026-03-16' }, undefined],
    ['the day after it', { occurredOn: '2026-03-17' }, 'not-during-stay'],
    ['while the stay goes on', { dischargedOn: null, occurredOn: '2026-03-17' }, undefined],
    ['of an outpatient', { setting: 'outpatient' }, 'not-a-stay'],
    ['nobody knows where', { outsideInstitution: '' }, 'not-named'],
    ['at the own hospital', { outsideInstitution: 'H31000000301' }, 'own'],
    ['where no agreement is in force', { designated: false }, 'not-designated'],
  ] as const)('[N36 H57] %s', (_, given, expected) => {
    expect(fault(given)).toBe(expected);
  });

  it('[N36 A12] each line needs the form for its institution, approved on its day or before the settlement', () => {
    const order = { outsideInstitution: 'H2', approvedOn: '2026-03-12' };
    const line = (lineNo: string, outsideInstitution: string | null, formHeld = false) => ({
      ...{ lineNo, outsideInstitution, formHeld },
    });
    expect(formMissingFor([line('1', null), line('2', 'H2')], [order], '2026-03-12')).toBeUndefined();
    expect(formMissingFor([line('1', null), line('2', 'H2')], [order], '2026-03-11')).toBe('2');
    expect(formMissingFor([line('1', 'H3'), line('2', 'H2')], [order], '2026-03-16')).toBe('1');
    expect(formMissingFor([line('1', 'H3', true)], [], '2026-03-16')).toBeUndefined();
  });
});
