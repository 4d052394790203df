import fc from 'fast-check';
import type { ClearingItem } from '../item/clearing-item.js';
import { itemOf } from './clearing-facts.js';

const areas = fc.constantFrom('430100', '430200', '439900', '110000', '310000', '440300', '460100', '660300');

/** Items of all kinds: charges and refunds, both schemes, inside and between provinces, with and without deductions. */
export const anyItems: fc.Arbitrary<ClearingItem[]> = fc
  .array(
    fc.record({
      homeArea: areas,
      treatmentArea: areas,
      scheme: fc.constantFrom('310' as const, '390' as const),
      fundFen: fc.bigInt({ min: -1_000_000n, max: 5_000_000n }),
      accountFen: fc.bigInt({ min: -10_000n, max: 50_000n }),
      deductedFen: fc.bigInt({ min: 0n, max: 20_000n }),
    }),
    { maxLength: 40 },
  )
  .map((facts) => facts.map((fact, index) => itemOf({ ...fact, settlementId: `S${index}` })));
