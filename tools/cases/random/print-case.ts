import { stringify } from 'yaml';
import type { Node } from '../naive/model.js';
import { isCharge, isRefund, type ChargeBill, type Figures, type HistoryPerson } from './history.js';
import { plainPack } from './naive-teller.js';
import type { Found } from './shrink.js';

/** A difference as a case file with its packs inside; what is expected of the last bill is the naive engine's answer. */
export function caseOf({ history, difference }: Found, id: string): string {
  const first = history.bills.find(isCharge)?.person;
  let person = first;
  const bills = history.bills.slice(0, history.bills.indexOf(difference.bill) + 1).map((bill): Node => {
    const expected = bill === difference.bill ? { expect: expectationOf(difference.naive) } : {};
    if (isRefund(bill)) return { ...bill, ...expected };
    const changed = bill.person === person ? {} : { person: personOf(bill.person) };
    person = bill.person;
    return { ...billOf(bill), ...changed, ...expected };
  });
  const title = 'the naive engine and the real one do not agree';
  const one = {
    ...{ id, title, pack: history.packs.map(plainPack) },
    ...(first === undefined ? {} : { person: { ...personOf(first), account: history.account } }),
    bills,
  };
  return stringify({ cases: [one] }, { schema: 'failsafe', lineWidth: 0, aliasDuplicateObjects: false });
}

const personOf = ({ age, ...words }: HistoryPerson): Record<string, Node> => ({
  ...words,
  ...(age === undefined ? {} : { age: String(age) }),
});

function billOf({
  id,
  parts,
  designated,
  useAccount,
  person: _,
  diseases,
  ...words
}: ChargeBill): Record<string, Node> {
  const lines = parts.map(({ firstPay, ...part }) => ({ ...part, firstPayAmount: firstPay }));
  return {
    ...{ id, ...words, diseases },
    ...(designated ? {} : { designated: 'false' }),
    ...(useAccount ? { useAccount: 'true' } : {}),
    lines,
  };
}

function expectationOf(figures: Figures): Node {
  if (figures['refused'] !== undefined) return { refused: figures['refused'] };
  const named = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(figures)
        .filter(([name]) => name.startsWith(`${prefix} `))
        .map(([name, amount]) => [name.slice(prefix.length + 1), amount]),
    );
  const amount = (name: string): string => figures[name] ?? '0';
  const { ratio } = figures;
  return {
    ...(ratio === undefined || ratio.length > 8 ? {} : { ratio }),
    ...{ deductible: amount('deductible'), funds: named('fund'), layers: named('layer'), personal: named('part') },
    ...{ hospital: amount('hospital'), account: amount('account'), cash: amount('cash') },
    ...{ benefitYear: amount('year'), yearParts: amount('years'), used: named(`after ${amount('year')}`) },
    accountAfter: amount('balance'),
  };
}

/** Every figure of both engines side by side, those that differ marked. */
export function answersOf({ difference: { bill, names, naive, real } }: Found): string[] {
  const all = [...new Set([...Object.keys(naive), ...Object.keys(real)])].sort();
  const width = Math.max(...all.map((name) => name.length));
  const row = (name: string): string =>
    `${names.includes(name) ? '≠' : ' '} ${name.padEnd(width)}  naive ${naive[name] ?? '–'}  real ${real[name] ?? '–'}`;
  return [`bill ${bill.id}:`, ...all.map(row)];
}
