import { ClauseFields, converted, openEnd } from './clause-fields.js';
import { areaCode, day, list, maybe, monthDay, needed, shape, text, word } from './fields.js';
import type { Field } from './fields.js';
import { layerField } from './layer-field.js';
import { checkCeilings } from './pack-ceilings.js';
import type { NationalCeilings } from './pack-ceilings.js';
import { PackFileError, Place } from './pack-text.js';
import {
  basicSchemes,
  institutionLevels,
  personalParts,
  personCategories,
  settings,
  supplementSchemes,
} from './policy-pack.js';
import type { AccountClause, BenefitSetting, Domains, PolicyPack, Terms, Trust } from './policy-pack.js';
import { fundType, packName, settingField, settledTerms } from './setting-fields.js';
import { TreeFields } from './tree-field.js';

const domainFields = shape({
  levels: needed(list(word(...institutionLevels), 1)),
  categories: needed(list(word(...personCategories), 1)),
  tiers: maybe(list(text)),
  identities: maybe(list(text)),
  diseases: maybe(list(text)),
});
const sourceFields = shape({
  trust: needed(word('A', 'B', 'B-', 'C', 'D')),
  text: needed(text),
  address: maybe(text),
});
const everything: Domains = {
  levels: institutionLevels,
  categories: personCategories,
  tiers: [],
  identities: [],
  diseases: [],
};

const sources: Field<ReadonlyMap<string, Trust>> = {
  schema: { type: 'object', additionalProperties: sourceFields.schema },
  read: (place) =>
    new Map(
      place.entries().flatMap(([key, value]) => {
        const read = sourceFields.read(value);
        // One that is wrong has been told of; the clauses that name it are right.
        return [[key, read?.trust ?? 'C'] as const];
      }),
    ),
};

const accountField = (clauses: ClauseFields): Field<AccountClause> => {
  const parts = list(word(...personalParts), 1);
  const pays: Field<(typeof personalParts)[number][]> = {
    schema: { anyOf: [{ const: 'all' }, parts.schema] },
    read: (place) => (place.scalar === 'all' ? [...personalParts] : parts.read(place)),
  };
  const fields = shape({
    clause: needed(text),
    source: needed(text),
    unconfirmed: maybe(text),
    pays: needed(pays),
    settings: maybe(list(word(...settings), 1)),
  });
  return converted(fields, (read, place) => ({
    clause: clauses.clauseOf(read, place),
    pays: read.pays,
    settings: read.settings ?? settings,
  }));
};

/** Everything that may stand in a file, given what its trees may name. */
function packFields(pack: string, domains: Domains, trusts: ReadonlyMap<string, Trust>, unconfirmed?: string) {
  const trees = new TreeFields(domains);
  const clauses = new ClauseFields({
    pack,
    sources: trusts,
    trees,
    ...(unconfirmed === undefined ? {} : { unconfirmed }),
  });
  const setting = Object.fromEntries(settings.map((name) => [name, maybe(settingField(clauses, name))])) as Record<
    BenefitSetting,
    { field: ReturnType<typeof settingField>; optional: true }
  >;
  return shape({
    pack: needed(packName),
    name: needed(text),
    status: needed(word('draft', 'effective')),
    unconfirmed: maybe(text),
    area: needed(areaCode),
    schemes: needed(list(word(...basicSchemes, ...supplementSchemes), 1)),
    fundType: maybe(fundType),
    from: needed(day),
    to: maybe(day),
    versionBy: maybe(word('settlement', 'admission')),
    benefitYear: maybe(monthDay),
    stayOverYear: maybe(
      shape({ method: needed(word('whole', 'average-day', 'line-day')), deductible: maybe(word('earlier', 'each')) }),
    ),
    ceilings: maybe(shape({ outside: needed(text) })),
    extends: maybe(packName),
    domains: needed(domainFields),
    sources: needed(sources),
    ...setting,
    crossRegion: maybe(clauses.crossRegion),
    layers: maybe(list(layerField(clauses, trees))),
    hospital: maybe(list(clauses.hospital)),
    account: maybe(accountField(clauses)),
    notes: maybe(list(text)),
  });
}

/** The JSON schema that an editor completes with; what a tree may name depends on the file and is checked on reading. */
export function packSchema(): object {
  const { required, ...schema } = packFields('', everything, new Map()).schema as { required: string[] };
  return { ...schema, required: ['pack'], anyOf: [{ required: ['extends'] }, { required }] };
}

/** A pack that another one extends, by its id. */
export type FindPack = (id: string) => Place | undefined;

/** Reads and checks one pack. Throws a PackFileError with all that is wrong. */
export function readPack(given: Place, ceilings: NationalCeilings, find: FindPack = () => undefined): PolicyPack {
  if (!given.isMap) given.problem('is no pack: write a map that begins with "pack" and "name"');
  given.throwIfBad();
  const place = extended(given, find);
  const id = place.get('pack')?.scalar ?? '';
  const domainPlace = place.get('domains');
  const domains = domainPlace === undefined ? undefined : domainFields.read(domainPlace);
  const trusts = new Map(
    place
      .getAll('sources')
      .reverse()
      .flatMap((one) => [...(sources.read(one) ?? [])]),
  );
  if (domains === undefined) {
    if (domainPlace === undefined)
      place.problem('"domains" is missing: say which levels and categories the pack covers');
    place.throwIfBad();
  }
  const known: Domains = {
    levels: domains?.levels ?? [],
    categories: domains?.categories ?? [],
    tiers: domains?.tiers ?? [],
    identities: domains?.identities ?? [],
    diseases: domains?.diseases ?? [],
  };
  const read = packFields(id, known, trusts, place.get('unconfirmed')?.scalar).read(place);
  place.throwIfBad();
  if (read === undefined) throw new PackFileError([{ file: place.file, line: 1, path: '', problem: 'is no pack' }]);
  const supplement = read.schemes.some((scheme) => (supplementSchemes as readonly string[]).includes(scheme));
  const terms = supplement ? {} : termsOf(read, place);
  const pack: PolicyPack = {
    id,
    name: read.name,
    status: read.status,
    area: read.area,
    schemes: read.schemes,
    from: read.from,
    ...openEnd(read, 'to'),
    versionBy: read.versionBy ?? 'settlement',
    benefitYearBegins: read.benefitYear ?? '01-01',
    stayOverYear: {
      method: read.stayOverYear?.method ?? 'whole',
      deductible: read.stayOverYear?.deductible ?? 'earlier',
    },
    ...(read.ceilings === undefined ? {} : { outsideCeilings: read.ceilings.outside }),
    domains: known,
    terms,
    ...openEnd(read, 'crossRegion'),
    layers: read.layers ?? [],
    hospital: read.hospital ?? [],
    ...openEnd(read, 'account'),
  };
  if (pack.to !== undefined && pack.to < pack.from) place.get('to')?.problem('the pack ends before it begins');
  if (!supplement && pack.crossRegion === undefined)
    place.problem('"crossRegion" is missing; write "rule: open" where the policy says nothing');
  if (pack.status === 'effective' && [...trusts.values()].includes('D'))
    place.get('status')?.problem('a pack with a source of trust D cannot be effective');
  checkCeilings(pack, ceilings, place);
  place.throwIfBad();
  return pack;
}

type Settings = {
  readonly [S in BenefitSetting]?: { sameAs: BenefitSetting } | { versions: Parameters<typeof settledTerms>[0] };
};

function termsOf(
  read: Settings & { readonly fundType?: string },
  place: Place,
): Partial<Record<BenefitSetting, Terms[]>> {
  const fund = read.fundType;
  if (fund === undefined) place.problem('"fundType" is missing: which fund does the basic pool pay from');
  const terms: Partial<Record<BenefitSetting, Terms[]>> = {};
  for (const name of settings) {
    const given = read[name];
    if (given !== undefined && 'versions' in given) terms[name] = settledTerms(given.versions, fund ?? '');
  }
  for (const name of settings) {
    const given = read[name];
    if (given === undefined || !('sameAs' in given)) continue;
    const other = terms[given.sameAs];
    if (other === undefined) place.get(name)?.problem(`there is no setting ${given.sameAs} of its own to follow`);
    else terms[name] = other;
  }
  return terms;
}

/** A pack that extends another one is the other one with its own keys in place of the other's. */
function extended(place: Place, find: FindPack, depth = 0): Place {
  const name = place.get('extends')?.scalar;
  if (name === undefined) return place;
  const base = find(name);
  if (base === undefined || depth > 4) {
    place.get('extends')?.problem(depth > 4 ? 'packs extend each other in a circle' : `there is no pack ${name}`);
    place.throwIfBad();
  }
  return base === undefined ? place : place.over(extended(base, find, depth + 1));
}
