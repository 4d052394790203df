import { fieldsOf, isFields, isGiven, listOf, textOf, textsOf } from './fields.js';
import { Refusal, type Bill, type Fields, type Person } from './model.js';
import type { Facts } from './tree.js';

/** `extends`: a top-level key replaces that of the other pack whole; `sources` add up. */
export function withBase(pack: Fields, library: readonly Fields[]): Fields {
  if (!isGiven(pack['extends'])) return pack;
  const id = textOf(pack['extends']);
  const other = library.find((one) => one['pack'] === id);
  if (other === undefined) throw new Refusal('PACK_WRONG', `no pack ${id} to extend`);
  const base = withBase(other, library);
  const { extends: _, ...own } = pack;
  return { ...base, ...own, sources: { ...fieldsOf(base['sources']), ...fieldsOf(pack['sources']) } };
}

const BASIC = ['310', '390'];
export const isBasic = (pack: Fields): boolean => textsOf(pack['schemes']).some((scheme) => BASIC.includes(scheme));

/** The day that picks the pack and the version inside it. */
export const pickDay = (pack: Fields, bill: Bill): string =>
  pack['versionBy'] === 'admission' ? bill.admitted : bill.on;

export function inForce(dated: Fields, day: string): boolean {
  const to = dated['to'];
  return textOf(dated['from']) <= day && (!isGiven(to) || day <= textOf(to));
}

/** The basic pack and the supplements that are in force on the bill's day, in the order given. */
export function packsOf(packs: readonly Fields[], bill: Bill): { basic: Fields; supplements: Fields[] } {
  const basic = packs.find(isBasic);
  if (basic === undefined) throw new Refusal('PACK_WRONG', 'no basic pack');
  const supplements = packs.filter((pack) => !isBasic(pack) && inForce(pack, pickDay(pack, bill)));
  return { basic, supplements };
}

export interface Setting {
  name: string;
  version: Fields;
}

/** The setting's version of the day; `sameAs` is followed, and then the other setting's name counts. */
export function settingOf(pack: Fields, bill: Bill): Setting {
  let name = bill.setting;
  let node = pack[name];
  while (isFields(node)) {
    name = textOf(node['sameAs']);
    node = pack[name];
  }
  const day = pickDay(pack, bill);
  const versions = listOf(node).map(fieldsOf);
  const begun = versions.filter((version) => textOf(version['from']) <= day);
  const version = begun.sort((a, b) => (textOf(a['from']) < textOf(b['from']) ? -1 : 1)).at(-1);
  if (versions.length === 0) throw new Refusal('POLICY_MISSING', bill.setting);
  if (version === undefined || !inForce(version, day) || !inForce(pack, day))
    throw new Refusal('POLICY_NOT_IN_FORCE', bill.setting);
  return { name, version };
}

/** A bill whose level, category or tier is not in the domains is refused. */
export function checkDomains(pack: Fields, person: Person, bill: Bill): void {
  const domains = fieldsOf(pack['domains']);
  const lacks = (domain: string, value: string | undefined): boolean =>
    isGiven(domains[domain]) && (value === undefined || !textsOf(domains[domain]).includes(value));
  if (lacks('levels', bill.level)) throw new Refusal('BILL_LEVEL_UNCOVERED', bill.level);
  if (lacks('categories', person.category)) throw new Refusal('BILL_PERSON_UNCOVERED', person.category);
  if (lacks('tiers', person.tier)) throw new Refusal('BILL_PERSON_UNCOVERED', person.tier ?? 'no tier');
}

export function factsOf(pack: Fields, person: Person, bill: Bill, level: string, rests: Set<string>): Facts {
  const identities = textsOf(fieldsOf(pack['domains'])['identities']);
  return {
    level,
    category: person.category,
    tier: person.tier,
    identity: identities.find((identity) => person.identities.includes(identity)) ?? 'none',
    route: bill.route,
    where: bill.where,
    area: person.area,
    setting: bill.setting,
    age: person.age,
    diseases: bill.diseases,
    pack: textOf(pack['pack']),
    unconfirmed: isGiven(pack['unconfirmed']),
    rests,
  };
}
