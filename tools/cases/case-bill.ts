import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { BenefitFacts, BillPart } from '../../apps/settlement/src/benefit/benefit.js';
import { splitLine } from '../../apps/settlement/src/scope/rules/split-line.js';
import { addScopes } from '../../apps/settlement/src/scope/scope.js';
import type { ScopeAmounts } from '../../apps/settlement/src/scope/scope.js';
import type { CaseBill, CaseLine, CasePerson } from './case-file.js';

/** The bill of a case as the engine takes it, of the person as of that day. */
export function factsOf(person: CasePerson, bill: CaseBill, area: string, accountBalanceFen: Fen): BenefitFacts {
  const settledOn = bill.on ?? '';
  const parts: BillPart[] =
    bill.lines === undefined ? [scopeOf(bill)] : bill.lines.map((line) => ({ ...scopeOfLine(line), ...marks(line) }));
  const scope = bill.lines === undefined ? scopeOf(bill) : addScopes(parts);
  const totalFen = bill.total ?? scope.totalFen;
  return {
    setting: bill.setting ?? 'inpatient',
    level: bill.level ?? 'L3',
    route: bill.route ?? 'none',
    where: bill.where ?? 'home',
    designated: bill.designated ?? true,
    area: person.area ?? area,
    category: person.category ?? 'working',
    tier: person.tier ?? null,
    identities: person.identities ?? [],
    age: person.age ?? null,
    diseases: bill.diseases ?? [],
    admittedOn: bill.admitted ?? settledOn,
    dischargedOn: bill.discharged ?? settledOn,
    settledOn,
    scope: { ...scope, totalFen },
    parts,
    useAccount: bill.useAccount ?? false,
    accountBalanceFen,
  };
}

function scopeOf(bill: CaseBill): ScopeAmounts {
  const ownExpenseFen = bill.ownExpense ?? 0n;
  const overLimitFen = bill.overLimit ?? 0n;
  const firstPayFen = bill.firstPay ?? 0n;
  const outside = ownExpenseFen + overLimitFen + firstPayFen;
  const inScopeFen = bill.inScope ?? (bill.total ?? 0n) - outside;
  return { totalFen: bill.total ?? outside + inScopeFen, ownExpenseFen, overLimitFen, firstPayFen, inScopeFen };
}

const marks = ({ item, on }: CaseLine): Pick<BillPart, 'item' | 'on'> => ({
  ...(item === undefined ? {} : { item }),
  ...(on === undefined ? {} : { on }),
});

/** A line with its class is split like a hospital's; a line with its four amounts is taken as it is. */
function scopeOfLine(line: CaseLine): ScopeAmounts {
  if (line.amount !== undefined) {
    const catalogueClass = line.class ?? 'A';
    return splitLine(line.amount, line.quantity ?? '1', {
      class: catalogueClass,
      firstPayRatio: line.firstPay?.toFixed() ?? '0',
      priceLimitFen: line.limit ?? null,
    });
  }
  const ownExpenseFen = line.ownExpense ?? 0n;
  const overLimitFen = line.overLimit ?? 0n;
  const firstPayFen = line.firstPayAmount ?? 0n;
  const inScopeFen = line.inScope ?? 0n;
  const totalFen = sum([ownExpenseFen, overLimitFen, firstPayFen, inScopeFen]);
  return { totalFen, ownExpenseFen, overLimitFen, firstPayFen, inScopeFen };
}
