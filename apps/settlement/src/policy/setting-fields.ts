import type { Day } from '#shared/clock';
import { converted, openEnd } from './clause-fields.js';
import type { ClauseFields } from './clause-fields.js';
import { day, dayBefore, list, maybe, needed, pattern, shape, word } from './fields.js';
import type { Field } from './fields.js';
import { settings } from './policy-pack.js';
import type { BenefitSetting, CapClause, Terms } from './policy-pack.js';
import type { Place } from './pack-text.js';

/** 基金代码 of the national list that a pack may pay from. */
export const fundTypes = [
  ...['310100', '320100', '330100', '330101', '340100', '350100', '370100', '390100', '390200', '510100', '610100'],
] as const;
export const fundType: Field<string> = word(...fundTypes);

type GivenTerms = Omit<Terms, 'fundType'> & { fundType?: string };
type Given = { sameAs: BenefitSetting } | { versions: GivenTerms[] };

/** 就医方式: the versions of one setting, or the name of the setting that it follows. */
export function settingField(clauses: ClauseFields, setting: BenefitSetting): Field<Given> {
  const alias = shape({ sameAs: needed(word(...settings)) });
  const version = converted(
    shape({
      from: needed(day),
      to: maybe(day),
      fundType: maybe(fundType),
      deductible: needed(clauses.deductible),
      ratio: needed(clauses.ratio),
      caps: maybe(list(clauses.cap)),
      floor: maybe(clauses.floor),
      items: maybe(list(clauses.item)),
    }),
    ({ deductible: { counterGiven, ...deductible }, ...read }): GivenTerms => ({
      ...read,
      setting,
      deductible: { ...deductible, counter: counterGiven ? deductible.counter : setting },
      caps: read.caps ?? [],
      items: read.items ?? [],
    }),
  );
  const versions = list(version, 1);
  return {
    schema: { anyOf: [alias.schema, versions.schema] },
    read(place) {
      if (place.isMap) {
        const read = alias.read(place);
        return read === undefined ? undefined : { sameAs: read.sameAs };
      }
      if (!place.isList) {
        place.problem('write a list of versions, the first with "- from: …", or { sameAs: … }');
        return undefined;
      }
      const read = versions.read(place);
      if (read === undefined) return undefined;
      checkDates(read, place);
      read.forEach((one) => {
        checkCapNames(one.caps, place);
      });
      return { versions: read };
    },
  };
}

/** Versions follow one another without gap and without overlap. */
function checkDates(versions: readonly { from: Day; to?: Day }[], place: Place): void {
  versions.forEach(({ from, to }, index) => {
    const next = versions[index + 1];
    if (to !== undefined && to < from) place.problem(`the version from ${from} ends before it begins`);
    if (next === undefined) return;
    if (next.from <= from)
      place.problem(`write the versions in the order of their days; ${next.from} comes after ${from}`);
    else if (to !== undefined && to !== dayBefore(next.from))
      place.problem(
        `between the versions is a gap or an overlap: the one from ${from} must end on ${dayBefore(next.from)}, or the next one begin the day after ${to}`,
      );
  });
}

export function checkCapNames(caps: readonly CapClause[], place: Place): void {
  const names = caps.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) place.problem(`two caps are called "${name}"`);
  });
}

/** A version without an end lasts until the day before the next one. */
export function settledTerms(versions: readonly GivenTerms[], fund: string): Terms[] {
  return versions.map((one, index) => {
    const next = versions[index + 1];
    const to = one.to ?? (next === undefined ? undefined : dayBefore(next.from));
    return { ...one, fundType: one.fundType ?? fund, ...(to === undefined ? {} : openEnd({ to }, 'to')) };
  });
}

export const packName = pattern(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'capitals, digits and dashes, for example HN-EMP-2023');
