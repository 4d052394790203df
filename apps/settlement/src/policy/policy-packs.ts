import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '#shared/clock';
import { poolOf, provinceOf } from '#shared/regions';
import { rulesDirectory } from '#shared/rules';
import { nationalCeilings } from './pack-ceilings.js';
import type { NationalCeilings } from './pack-ceilings.js';
import { PackFileError, Place } from './pack-text.js';
import type { PackProblem } from './pack-text.js';
import { basicSchemes } from './policy-pack.js';
import type { Policy, PolicyPack } from './policy-pack.js';
import { readPack } from './read-pack.js';

/** Whose policy is asked for, and on which days. */
export interface PolicyQuestion {
  readonly homeArea: string;
  readonly scheme: string;
  /** 补充险种 of the person. */
  readonly supplements: readonly string[];
  readonly admittedOn: Day;
  readonly settledOn: Day;
}

export const packDirectory = (): string => join(rulesDirectory(), 'packs');

/** 政策包库: every pack of rules/packs, checked when it is loaded; one bad pack and nothing is loaded. */
export class PolicyPacks {
  private readonly byId: ReadonlyMap<string, PolicyPack>;

  constructor(readonly packs: readonly PolicyPack[]) {
    this.byId = new Map(packs.map((pack) => [pack.id, pack]));
    const clashing = clashes(packs);
    if (clashing.length > 0) throw new PackFileError(clashing);
  }

  static load(directory = packDirectory(), ceilings: NationalCeilings = nationalCeilings()): PolicyPacks {
    const texts = packTexts(directory);
    const packs: PolicyPack[] = [];
    const problems: PackProblem[] = [];
    for (const [name, place] of texts) {
      try {
        const pack = readPack(place(), ceilings, (id) => texts.get(`${id}.yaml`)?.());
        if (`${pack.id}.yaml` !== name)
          problems.push({
            file: name,
            line: 1,
            path: 'pack',
            problem: `a pack called ${pack.id} stands in ${pack.id}.yaml`,
          });
        packs.push(pack);
      } catch (error) {
        if (!(error instanceof PackFileError)) throw error;
        problems.push(...error.problems);
      }
    }
    if (problems.length > 0) throw new PackFileError(problems);
    return new PolicyPacks(packs);
  }

  get(id: string): PolicyPack | undefined {
    return this.byId.get(id);
  }

  /** The policy of a person: the area's own packs, else its pool's, else its province's. Undefined without a basic pack. */
  find(question: PolicyQuestion): Policy | undefined {
    const basic = this.nearest(question, question.scheme);
    if (basic === undefined) return undefined;
    const supplements = question.supplements.flatMap((scheme) => this.nearest(question, scheme) ?? []);
    return { basic, supplements };
  }

  private nearest(question: PolicyQuestion, scheme: string): PolicyPack | undefined {
    const { homeArea } = question;
    const usable = this.packs.filter(
      (pack) => pack.status === 'effective' && pack.schemes.some((one) => one === scheme) && isInForce(pack, question),
    );
    for (const area of [homeArea, poolOf(homeArea), provinceOf(homeArea)]) {
      const found = usable.find((pack) => pack.area === area);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** 执行期间: whether a pack is in force on the day that picks it. */
export function isInForce(
  { versionBy, from, to }: PolicyPack,
  { admittedOn, settledOn }: Pick<PolicyQuestion, 'admittedOn' | 'settledOn'>,
): boolean {
  const day = versionBy === 'admission' ? admittedOn : settledOn;
  return from <= day && (to === undefined || day <= to);
}

/** The policy of a bill: of the supplements those that are in force on its day. */
export const policyOn = ({ basic, supplements }: Policy, bill: Parameters<typeof isInForce>[1]): Policy => ({
  basic,
  supplements: supplements.filter((pack) => isInForce(pack, bill)),
});

/** The texts of a folder by file name; each reading starts with a clean list of problems. */
export function packTexts(directory: string): Map<string, () => Place> {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return new Map(
    names.map((name) => [name, () => Place.of(name, readFileSync(join(directory, name), 'utf8'))] as const),
  );
}

/** Packs of one area and scheme that would be in force on the same day. */
export const clashes = (packs: readonly PolicyPack[]): PackProblem[] =>
  packs.flatMap((one, index) => packs.slice(index + 1).flatMap((other) => clash(one, other)));

function clash(one: PolicyPack, other: PolicyPack): PackProblem[] {
  const sameScheme = one.schemes.some((scheme) => other.schemes.includes(scheme));
  const effective = one.status === 'effective' && other.status === 'effective';
  const overlap = one.from <= (other.to ?? '9999-12-31') && other.from <= (one.to ?? '9999-12-31');
  if (!sameScheme || one.area !== other.area || !effective || !overlap) return [];
  const problem = `${one.id} and ${other.id} are in force at the same time; give the earlier one a "to"`;
  return [{ file: `${other.id}.yaml`, line: 1, path: 'from', problem }];
}

export const isBasic = ({ schemes }: PolicyPack): boolean =>
  schemes.some((scheme) => (basicSchemes as readonly string[]).includes(scheme));
