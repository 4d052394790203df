import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AreaValues } from '#shared/rules';
import { ByItem } from './by-item.js';
import type { PaymentCase } from './payment-method.js';
import { PaymentMethods, readGroups } from './payment-methods.js';

const groups = readGroups('payment-groups-example.yaml');
/** A stay of 10 000.00 in scope of which the home area is charged 8 000.00; pneumonia in a hospital of level 3. */
const stay: PaymentCase = {
  ...{ settlementId: 'S1', settledOn: '2026-03-10', level: 'L3', mainDiagnosis: 'J18.900' },
  ...{ totalFen: 1_000_000n, ownExpenseFen: 0n, overLimitFen: 0n, hospitalFen: 0n, chargedFen: 800_000n },
};
const pay = (given: Partial<PaymentCase>) => {
  const { method, groupCode, owedFen, differenceFen } = groups.pay({ ...stay, ...given });
  return [method, groupCode, owedFen, differenceFen];
};

describe('payment methods towards hospitals', () => {
  it('[H60 P3.5] by group: 0.82 × 9600.00 less the patient’s 2000.00; the rest stays with the treatment place', () => {
    expect(pay({})).toEqual(['by-group', 'ES21', 587_200n, -212_800n]);
    expect(pay({ totalFen: 500_000n, chargedFen: 400_000n })).toEqual(['by-group', 'ES21', 687_200n, 287_200n]);
  });

  it('[H60] own expense and what is over a limit stay outside of the standard', () => {
    expect(pay({ totalFen: 1_300_000n, ownExpenseFen: 200_000n, overLimitFen: 100_000n })).toEqual(pay({}));
  });

  it('[H60] a case above three times its standard is an outlier, one at it is not', () => {
    const atMost = 3n * 787_200n;
    expect(pay({ totalFen: atMost, chargedFen: atMost })[0]).toBe('by-group');
    expect(pay({ totalFen: atMost + 1n, chargedFen: atMost + 1n })).toEqual(['by-item', 'ES21', atMost + 1n, 0n]);
  });

  it('[H60] no group, no diagnosis, no table of the day: by item; what the patient pays can leave nothing to owe', () => {
    for (const given of [{ mainDiagnosis: 'Z99' }, { mainDiagnosis: null }, { settledOn: '2025-12-31' }])
      expect(pay(given)).toEqual(['by-item', null, 800_000n, 0n]);
    expect(pay({ totalFen: 2_000_000n, chargedFen: 0n })).toEqual(['by-group', 'ES21', 0n, 0n]);
  });

  it('[H60 P3.5] the home area’s charge is the same under both methods, and what the hospital gets is that and the difference', () => {
    const anyCase = fc
      .record({
        total: fc.bigInt({ min: 0n, max: 10n ** 8n }),
        parts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
        level: fc.constantFrom('L0' as const, 'L1' as const, 'L2' as const, 'L3' as const, 'L3P' as const),
        mainDiagnosis: fc.constantFrom('J18.9', 'I63.9', 'S72.0', 'Z00', null),
      })
      .map(({ total, parts, level, mainDiagnosis }): PaymentCase => {
        const all = BigInt(parts.reduce((sum, part) => sum + part, 1));
        const [own = 0n, over = 0n, charged = 0n, hospital = 0n] = parts.map((part) => (total * BigInt(part)) / all);
        const amounts = { totalFen: total, ownExpenseFen: own, overLimitFen: over, chargedFen: charged };
        return { ...stay, ...amounts, hospitalFen: hospital, level, mainDiagnosis };
      });
    fc.assert(
      fc.property(anyCase, (one) => {
        const [item, group] = [new ByItem().pay(one), groups.pay(one)];
        for (const { owedFen, differenceFen } of [item, group]) {
          expect(owedFen - differenceFen).toBe(one.chargedFen);
          expect(owedFen >= 0n).toBe(true);
        }
        expect(item.differenceFen).toBe(0n);
      }),
    );
  });

  it('[H60] by area and day; outpatients are paid by item, and so is everybody where nothing is said', () => {
    const value = (text: string, from: string) => ({ value: text, from, article: 'H60' });
    const nation = { inpatientMethod: value('by-item', '2022-10-01'), paymentGroups: value('', '2022-10-01') };
    const own = {
      inpatientMethod: [{ ...value('by-item', '2022-10-01'), to: '2025-12-31' }, value('by-group', '2026-01-01')],
      paymentGroups: value('payment-groups-example.yaml', '2022-10-01'),
    };
    const methods = new PaymentMethods(AreaValues.of('test', { nation, '310000': own }));
    const of = (area: string, setting: string, on: string) => methods.of(area, setting, on).pay(stay).method;
    expect([of('310000', 'inpatient', '2025-12-31'), of('310000', 'inpatient', '2026-01-01')]).toEqual([
      'by-item',
      'by-group',
    ]);
    expect([of('310000', 'outpatient', '2026-01-01'), of('440100', 'inpatient', '2026-01-01')]).toEqual([
      'by-item',
      'by-item',
    ]);
    expect(PaymentMethods.load().of('310000', 'inpatient', '2026-03-01').pay(stay).method).toBe('by-item');
  });
});
