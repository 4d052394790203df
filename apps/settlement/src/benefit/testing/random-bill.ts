import { addDays } from '#shared/clock';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { places, routes } from '../../policy/policy-pack.js';
import type { BenefitSetting, Policy } from '../../policy/policy-pack.js';
import type { BenefitFacts } from '../benefit.js';

const fen = (max: number): Arbitrary<bigint> => fc.bigInt({ min: 0n, max: BigInt(max) });

/** Any bill that the basic pack of a policy covers; most amounts are ordinary, some are enormous. */
export function anyBill({ basic }: Policy, year = '2026'): Arbitrary<BenefitFacts> {
  const { levels, categories, tiers, identities, diseases } = basic.domains;
  const one = <T>(values: readonly T[]): Arbitrary<T> => fc.constantFrom(...(values as [T, ...T[]]));
  const day = basic.to !== undefined && basic.to < `${year}-01-01` ? basic.to.slice(0, 4) : year;
  const amounts = fc.record({
    ownExpenseFen: fen(500_000),
    overLimitFen: fen(300_000),
    firstPayFen: fen(900_000),
    inScopeFen: fc.oneof({ weight: 5, arbitrary: fen(4_000_000) }, { weight: 1, arbitrary: fen(90_000_000) }),
  });
  return fc
    .record({
      setting: one(Object.keys(basic.terms) as BenefitSetting[]),
      level: one(levels),
      route: one(routes),
      where: one(places),
      category: one(categories),
      tier: tiers.length === 0 ? fc.constant(null) : one(tiers),
      identities: fc.subarray([...identities]),
      age: fc.integer({ min: 0, max: 105 }),
      diseases: diseases.length === 0 ? fc.constant([]) : fc.subarray([...diseases], { minLength: 1, maxLength: 2 }),
      dayOfYear: fc.integer({ min: 30, max: 360 }),
      stay: fc.integer({ min: 0, max: 25 }),
      useAccount: fc.boolean(),
      accountBalanceFen: fen(300_000),
      designated: fc.constant(true),
      amounts,
    })
    .map(({ amounts: scope, dayOfYear, stay, ...facts }) => {
      const settledOn = addDays(`${day}-01-01`, dayOfYear);
      const totalFen = scope.ownExpenseFen + scope.overLimitFen + scope.firstPayFen + scope.inScopeFen;
      const whole = { totalFen, ...scope };
      return {
        ...facts,
        area: basic.area.endsWith('0000') ? `${basic.area.slice(0, 2)}0100` : basic.area,
        admittedOn: addDays(settledOn, -stay),
        dischargedOn: settledOn,
        settledOn,
        scope: whole,
        parts: [whole],
      };
    });
}
