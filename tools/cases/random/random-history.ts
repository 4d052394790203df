import { stringify } from 'yaml';
import { benefitYearOf, dayNumber, dayOf } from '../naive/days.js';
import type { Fields, Node } from '../naive/model.js';
import { fieldsOf, textOf, textsOf } from '../naive/fields.js';
import type { ChargeBill, History, HistoryBill, HistoryPart, HistoryPerson } from './history.js';
import { isRefund } from './history.js';
import { NaiveTeller } from './naive-teller.js';
import { AREAS, CATEGORIES, DISEASES, IDENTITIES, ITEMS, LEVELS, PLACES, ROUTES, SETTINGS, TIERS } from './plan.js';
import { Random } from './prng.js';
import { amountsIn, randomPacks } from './random-pack.js';

export interface PackTexts {
  packs: readonly string[];
  library: readonly string[];
  /** what bills are made from */
  domains: Fields;
  settings: readonly string[];
  amounts: readonly number[];
  yearBegins: string;
}

export const packYaml = (pack: Node): string =>
  stringify(pack, { schema: 'failsafe', lineWidth: 0, aliasDuplicateObjects: false });

export function packTexts(random: Random): PackTexts {
  const { packs, library } = randomPacks(random);
  const whole: Fields = { ...library[0], ...packs[0] };
  return {
    packs: packs.map(packYaml),
    library: library.map(packYaml),
    domains: fieldsOf(whole['domains']),
    settings: SETTINGS.filter((name) => name in whole),
    amounts: [...packs, ...library].flatMap(amountsIn),
    yearBegins: textOf(whole['benefitYear'] ?? '01-01'),
  };
}

/** One to eight bills of one person; amounts are chosen with the naive engine's accumulators in view, to hit edges. */
export function randomHistory(random: Random, texts: PackTexts): History {
  const account = random.chance(0.7) ? yuan(random.int(0, 300_000)) : '0';
  const frame = { packs: texts.packs, library: texts.library, account };
  const teller = new NaiveTeller(frame);
  const bills: HistoryBill[] = [];
  let day = dayNumber(random.pick(['2024-01-01', '2024-11-15', '2025-01-01', '2025-05-20']));
  let person = randomPerson(random, texts);
  for (let count = random.int(1, 8); count > 0; count--) {
    const id = String(bills.length + 1);
    const refundable = bills.filter(
      (bill) => !isRefund(bill) && !bills.some((one) => isRefund(one) && one.refundOf === bill.id),
    );
    if (refundable.length > 0 && random.chance(0.15)) {
      bills.push({ id, refundOf: random.pick(refundable).id });
    } else {
      day += random.pick([0, 0, 1, random.int(2, 20), random.int(10, 60), random.int(40, 200)]);
      if (random.chance(0.35)) person = changed(random, person, texts);
      bills.push(randomBill({ random, texts, id, day, person, teller }));
    }
    const last = bills.at(-1);
    if (last !== undefined) teller.next(last);
  }
  return { ...frame, bills };
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** Mostly a value that the pack covers, now and then any. */
function within(random: Random, domains: Fields, name: string, all: readonly string[]): string {
  const known = textsOf(domains[name]);
  return random.pick(known.length > 0 && random.chance(0.985) ? known : all);
}

function randomPerson(random: Random, { domains }: PackTexts): HistoryPerson {
  return {
    category: within(random, domains, 'categories', CATEGORIES),
    ...(random.chance('tiers' in domains ? 0.99 : 0.05) ? { tier: within(random, domains, 'tiers', TIERS) } : {}),
    identities: random.chance(0.5) ? random.shuffled(random.some(IDENTITIES)) : [],
    ...(random.chance(0.99)
      ? { age: random.pick([0, 5, 17, 18, 19, 44, 45, 59, 60, 61, 70, 99, random.int(0, 105)]) }
      : {}),
    area: random.pick([...AREAS, '439900']),
  };
}

function changed(random: Random, person: HistoryPerson, texts: PackTexts): HistoryPerson {
  const other = randomPerson(random, texts);
  return {
    ...person,
    ...(random.chance(0.4) ? { category: other.category } : {}),
    ...(random.chance(0.4) && other.tier !== undefined ? { tier: other.tier } : {}),
    ...(random.chance(0.4) ? { identities: other.identities } : {}),
    ...(random.chance(0.4) && person.age !== undefined ? { age: person.age + 1 } : {}),
    ...(random.chance(0.1) ? { area: other.area } : {}),
  };
}

interface BillMaking {
  random: Random;
  texts: PackTexts;
  id: string;
  day: number;
  person: HistoryPerson;
  teller: NaiveTeller;
}

function randomBill(making: BillMaking): ChargeBill {
  const { random, texts, id, day, person } = making;
  const setting = random.chance(0.985) ? random.pick(['inpatient', ...texts.settings]) : random.pick(SETTINGS);
  const where = random.pick(['home', ...PLACES]);
  const stay = stayUntil(making);
  const parts = randomParts(making, stay);
  const sum = parts.reduce((total, part) => total + partFen(part), 0);
  const wrong = random.chance(0.004) ? random.pick([-1, 1]) : 0;
  return {
    id,
    on: dayOf(day),
    ...stay,
    setting,
    level: within(random, texts.domains, 'levels', LEVELS),
    route: where === 'home' && random.chance(0.85) ? 'none' : random.pick(ROUTES),
    where,
    designated: random.chance(0.96),
    diseases: random.chance('diseases' in texts.domains ? 0.9 : 0.2)
      ? random.shuffled(diseases(random, texts)).slice(0, random.int(1, 3))
      : [],
    useAccount: random.chance(0.4),
    total: yuan(sum + wrong),
    parts,
    person,
  };
}

const diseases = (random: Random, { domains }: PackTexts): string[] =>
  'diseases' in domains && random.chance(0.95) ? textsOf(domains['diseases']) : DISEASES;

/** Days of the stay; half of those that can reach back over the turn of the year do. */
function stayUntil({ random, texts, day }: BillMaking): { admitted: string; discharged: string } {
  const length = random.pick([0, 0, random.int(1, 12), random.int(1, 12), 89, 90, 91, random.int(20, 400)]);
  let admitted = day - length;
  const begins = dayNumber(`${benefitYearOf(dayOf(day), texts.yearBegins)}-${texts.yearBegins}`);
  if (day - begins < 60 && random.chance(0.5)) admitted = begins - random.pick([0, 1, 2, random.int(3, 40)]);
  const discharged = random.chance(0.85) ? day : day - random.int(0, Math.min(5, day - admitted));
  const wrong = random.chance(0.004);
  return { admitted: dayOf(wrong ? discharged + 1 : admitted), discharged: dayOf(discharged) };
}

function randomParts(making: BillMaking, stay: { admitted: string; discharged: string }): HistoryPart[] {
  const { random } = making;
  const count = random.chance(0.6) ? 1 : random.int(2, 4);
  const days = dayNumber(stay.discharged) - dayNumber(stay.admitted);
  return Array.from({ length: count }, (): HistoryPart => {
    const day = dayOf(
      dayNumber(stay.admitted) + (random.chance(0.05) ? random.int(-30, 30) : random.int(0, Math.max(0, days))),
    );
    return {
      ownExpense: random.chance(0.35) ? yuan(random.int(0, 300_000)) : '0',
      overLimit: random.chance(0.25) ? yuan(random.chance(0.01) ? -1 : random.int(0, 100_000)) : '0',
      firstPay: random.chance(0.35) ? yuan(random.int(0, 300_000)) : '0',
      inScope: yuan(inScopeFen(making)),
      ...(random.chance(0.25) ? { item: random.pick(ITEMS) } : {}),
      ...(random.chance(0.9) ? { on: day } : {}),
    };
  });
}

const partFen = ({ ownExpense, overLimit, firstPay, inScope }: HistoryPart): number =>
  [ownExpense, overLimit, firstPay, inScope].reduce((total, text) => total + Math.round(Number(text) * 100), 0);

/** Amounts that end at an edge of the pack, counted from nothing or from what was used, a fen less, exactly, or a fen more. */
function inScopeFen({ random, texts, teller }: BillMaking): number {
  const kind = random.next();
  if (kind < 0.04) return 0;
  if (kind < 0.4 || texts.amounts.length === 0) return Math.round(Math.exp(random.next() * Math.log(20_000_000)));
  let fen = Math.round(random.pick(texts.amounts) * 100);
  if (random.chance(0.35)) fen += Math.round(random.pick(texts.amounts) * 100);
  const used = Object.values(teller.used).flatMap((names) => Object.values(names));
  if (used.length > 0 && random.chance(0.4)) fen -= Math.round(random.pick(used).toNumber() * 100);
  return Math.max(0, fen + random.pick([-1, 0, 0, 1]));
}
