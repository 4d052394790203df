import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { poolOf, provinceOf } from '#shared/regions';
import { RuleFileError, rulesDirectory } from '#shared/rules';

/** 互认地区: places that treat each other's insured like their own from a day on. */
export interface RecognisedPair {
  /** Pools or provinces; every one of them recognises every other one. */
  readonly among: readonly string[];
  readonly from: Day;
  readonly to?: Day;
  readonly noFiling: boolean;
  readonly noCut: boolean;
  readonly article: string;
}

export interface Recognition {
  readonly noFiling: boolean;
  readonly noCut: boolean;
  readonly articles: readonly string[];
}

const file = 'settlement/recognised-pairs.yaml';

/** What two areas have agreed on for a day: whether a filing is needed, and whether going there costs anything. */
export class RecognisedPairs {
  constructor(private readonly pairs: readonly RecognisedPair[]) {
    for (const { among, article } of pairs)
      if (among.length < 2 || article === '')
        throw new RuleFileError(`${file}: an entry needs at least two areas and an article`);
  }

  static load(): RecognisedPairs {
    return new RecognisedPairs(parse(readFileSync(join(rulesDirectory(), file), 'utf8')) as RecognisedPair[]);
  }

  between(homeArea: string, treatmentArea: string, day: Day): Recognition {
    const found = this.pairs.filter(
      ({ among, from, to }) =>
        from <= day &&
        (to === undefined || day <= to) &&
        among.some((area) => belongs(homeArea, area)) &&
        among.some((area) => belongs(treatmentArea, area)),
    );
    return {
      noFiling: found.some(({ noFiling }) => noFiling),
      noCut: found.some(({ noCut }) => noCut),
      articles: found.map(({ article }) => article),
    };
  }
}

const belongs = (area: string, wider: string): boolean =>
  area === wider || poolOf(area) === wider || provinceOf(area) === wider;
