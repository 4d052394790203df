import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { ratio } from '#shared/money';
import { poolOf, provinceOf } from '#shared/regions';
import { DatedValues, RuleFileError, rulesDirectory } from '#shared/rules';
import { policyPackSchema } from './policy-pack.js';
import type { PolicyPack } from './policy-pack.js';

const compiled = Compile(policyPackSchema);

/** 政策包库: every pack of rules/packs, checked when it is loaded. */
export class PolicyPacks {
  constructor(private readonly packs: readonly PolicyPack[]) {
    for (const one of packs) {
      const clash = packs.find(
        (other) => other !== one && other.area === one.area && other.scheme === one.scheme && overlap(one, other),
      );
      if (clash !== undefined)
        throw new RuleFileError(`packs ${one.id} and ${clash.id} are in force at the same time; end the earlier one`);
    }
  }

  static load(directory = join(rulesDirectory(), 'packs')): PolicyPacks {
    const ceilings = DatedValues.load('settlement/ceilings.yaml');
    const files = readdirSync(directory)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
    return new PolicyPacks(
      files.map((name) => checkPack(name, parse(readFileSync(join(directory, name), 'utf8')), ceilings)),
    );
  }

  /** The pack of a home area on a day: the pool's own, else the province's. */
  find(homeArea: string, scheme: string, day: Day): PolicyPack | undefined {
    const inForce = this.packs.filter(
      (pack) => pack.scheme === scheme && pack.from <= day && (pack.to === undefined || day <= pack.to),
    );
    return (
      inForce.find(({ area }) => area === poolOf(homeArea)) ?? inForce.find(({ area }) => area === provinceOf(homeArea))
    );
  }
}

const overlap = (a: PolicyPack, b: PolicyPack): boolean =>
  a.from <= (b.to ?? '9999-12-31') && b.from <= (a.to ?? '9999-12-31');

/** Reads one pack; refuses what breaks the schema or the national ceilings, and says which clause. */
export function checkPack(file: string, content: unknown, ceilings: DatedValues): PolicyPack {
  if (!compiled.Check(content)) {
    const [first] = compiled.Errors(content);
    throw new RuleFileError(
      `${file}: ${first?.instancePath ?? '/'} ${first?.message ?? 'does not fit the pack schema'}`,
    );
  }
  const { crossRegion } = content;
  if (crossRegion.kind === 'minus-points' && content.from >= '2023-01-01') {
    refuseAbove(
      file,
      'crossRegion.referral',
      crossRegion.referral,
      ceilings.textOn('referralCutCeiling', content.from),
    );
    refuseAbove(file, 'crossRegion.other', crossRegion.other, ceilings.textOn('otherCutCeiling', content.from));
  }
  return content;
}

function refuseAbove(file: string, clause: string, points: string, ceiling: string): void {
  if (ratio(points).greaterThan(ratio(ceiling)))
    throw new RuleFileError(`${file}: ${clause}: ${points} points are above the national ceiling of ${ceiling}`);
}
