import { parseYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { converted } from '../../apps/settlement/src/policy/clause-fields.js';
import {
  amount,
  areaCode,
  day,
  flag,
  list,
  maybe,
  needed,
  orNone,
  shape,
  text,
  unitRatio,
  whole,
  word,
} from '../../apps/settlement/src/policy/fields.js';
import type { Field, Read } from '../../apps/settlement/src/policy/fields.js';
import { PackFileError, Place } from '../../apps/settlement/src/policy/pack-text.js';
import {
  institutionLevels,
  personalParts,
  personCategories,
  places,
  routes,
  settings,
} from '../../apps/settlement/src/policy/policy-pack.js';

/** 案例文件: docs/cases.md as fields. */

const signed: Field<Fen> = {
  schema: { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^-?\\d{1,11}(\\.\\d{1,2})?$' }] },
  read(place) {
    if (place.scalar !== undefined && /^-?\d{1,11}(\.\d{1,2})?$/.test(place.scalar)) return parseYuan(place.scalar);
    place.problem('write an amount in yuan, for example -12.50');
    return undefined;
  },
};

/** A map of any names; the reader of a value may depend on its name. */
const record = <T>(fieldOf: (name: string) => Field<T>, schema: object): Field<Readonly<Record<string, T>>> => ({
  schema: { type: 'object', additionalProperties: schema },
  read(place) {
    if (!place.isMap) place.problem('write a map');
    const read = place.entries().map(([name, value]) => [name, fieldOf(name).read(value)] as const);
    return read.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(read) as Record<string, T>);
  },
});
const amounts = record(() => signed, signed.schema);
const counts: Field<bigint> = converted(whole, BigInt);
/** 累计: amounts in yuan, counts whole. */
const accumulators = record((name) => (name.startsWith('count.') ? counts : signed), signed.schema);

const line = shape({
  amount: maybe(amount),
  class: maybe(word('A', 'B', 'C')),
  firstPay: maybe(unitRatio),
  firstPayAmount: maybe(amount),
  ownExpense: maybe(amount),
  overLimit: maybe(amount),
  inScope: maybe(amount),
  limit: maybe(orNone(amount)),
  quantity: maybe(text),
  item: maybe(text),
  on: maybe(day),
});

const expectation = shape({
  total: maybe(signed),
  ownExpense: maybe(signed),
  overLimit: maybe(signed),
  firstPay: maybe(signed),
  inScope: maybe(signed),
  deductible: maybe(signed),
  ratio: maybe(unitRatio),
  fund: maybe(signed),
  funds: maybe(amounts),
  layers: maybe(amounts),
  personal: maybe(amounts),
  account: maybe(signed),
  cash: maybe(signed),
  hospital: maybe(signed),
  accountAfter: maybe(signed),
  benefitYear: maybe(whole),
  yearParts: maybe(whole),
  used: maybe(accumulators),
  unconfirmed: maybe(list(text)),
  refused: maybe(text),
  clause: maybe(text),
  because: maybe(list(text)),
});

const personFields = {
  category: maybe(word(...personCategories)),
  tier: maybe(text),
  identities: maybe(list(text)),
  age: maybe(whole),
  area: maybe(areaCode),
};

const billFields = shape({
  id: maybe(text),
  on: maybe(day),
  admitted: maybe(day),
  discharged: maybe(day),
  setting: maybe(word(...settings)),
  level: maybe(word(...institutionLevels)),
  route: maybe(word(...routes)),
  where: maybe(word(...places)),
  designated: maybe(flag),
  diseases: maybe(list(text)),
  useAccount: maybe(flag),
  person: maybe(shape(personFields)),
  total: maybe(signed),
  ownExpense: maybe(signed),
  overLimit: maybe(signed),
  firstPay: maybe(signed),
  inScope: maybe(signed),
  lines: maybe(list(line, 1)),
  refundOf: maybe(text),
  expect: maybe(expectation),
});

/** Keys that a refund may have; everything else is that of the bill it takes back. */
const ofRefund = ['refundOf', 'id', 'on', 'expect'];

const bill = converted(billFields, (read, place) => {
  if (read.refundOf === undefined && read.on === undefined) place.problem('"on" is missing: the settlement day');
  if (read.refundOf !== undefined)
    for (const [key, value] of place.entries())
      if (!ofRefund.includes(key)) value.problem(`a refund has only ${ofRefund.join(', ')}`);
  return read;
});

const published = shape({
  total: maybe(signed),
  ownExpense: maybe(signed),
  overLimit: maybe(signed),
  firstPay: maybe(signed),
  excluded: maybe(list(signed)),
  inScope: maybe(signed),
  deductible: maybe(signed),
  segment: maybe(signed),
  ratio: maybe(text),
  fund: maybe(signed),
  layers: maybe(amounts),
  account: maybe(signed),
  cash: maybe(signed),
  hospital: maybe(signed),
  personal: maybe(signed),
  expect: needed(shape({ closes: needed(flag), breaks: maybe(list(text)), because: maybe(text) })),
});

/** Packs are read later, by the pack reader; here they are only places. */
const place: Field<Place> = { schema: { type: ['string', 'object'] }, read: (where) => where };
const packs: Field<Place[]> = {
  schema: { anyOf: [{ type: 'string' }, { type: 'object' }, { type: 'array', items: { type: ['string', 'object'] } }] },
  read: (where) => (where.isList ? list(place, 1).read(where) : [where]),
};

const caseFields = shape({
  id: needed(text),
  title: needed(text),
  pack: maybe(packs),
  source: maybe(text),
  steps: maybe(text),
  notes: maybe(text),
  person: maybe(shape({ ...personFields, account: maybe(amount) })),
  before: maybe(record(() => accumulators, accumulators.schema)),
  bills: maybe(list(bill, 1)),
  published: maybe(published),
});

const benefitCase = converted(caseFields, (read, place) => {
  const { bills, published: figures, pack } = read;
  if ((bills === undefined) === (figures === undefined)) place.problem('give either "bills" or "published"');
  if (bills !== undefined && pack === undefined)
    place.problem('"pack" is missing: under which pack are the bills paid');
  if (bills?.every(({ expect }) => Object.keys(expect ?? {}).length === 0) === true)
    place.problem('nothing is expected: write "expect" with at least one figure');
  bills?.forEach(({ refundOf }, index) => {
    const earlier = bills.slice(0, index).map(({ id }, number) => id ?? String(number + 1));
    if (refundOf !== undefined && !earlier.includes(refundOf))
      place.problem(`there is no earlier bill ${refundOf} to take back; there are ${earlier.join(', ') || 'none'}`);
  });
  return read;
});

export type BenefitCase = Read<{ one: { field: typeof benefitCase } }>['one'];
export type CasePerson = NonNullable<CaseBill['person']>;
export type CaseBill = NonNullable<BenefitCase['bills']>[number];
export type CaseLine = NonNullable<CaseBill['lines']>[number];
export type Expectation = NonNullable<CaseBill['expect']>;
export type Published = NonNullable<BenefitCase['published']>;
export { personalParts };

const caseFile = shape({ cases: needed(list(benefitCase)) });

export const caseSchema = (): object => ({
  anyOf: [caseFile.schema, { type: 'array', items: benefitCase.schema }, benefitCase.schema],
});

/** Reads one file: `cases:` with a list, a list, or one case. Throws a PackFileError with all that is wrong. */
export function readCases(file: string, content: string): BenefitCase[] {
  const whereItStands = Place.of(file, content);
  const read = whereItStands.isList
    ? list(benefitCase).read(whereItStands)
    : whereItStands.get('cases') !== undefined
      ? caseFile.read(whereItStands)?.cases
      : [benefitCase.read(whereItStands)].filter((one) => one !== undefined);
  whereItStands.throwIfBad();
  if (read === undefined) throw new PackFileError([{ file, line: 1, path: '', problem: 'holds no cases' }]);
  return read;
}
