import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { filingCategories } from '#shared/contracts';
import { materialsInWords, requiredMaterials } from '#shared/filing';
import { AreaValues, DatedValues, rulesDirectory } from '#shared/rules';
import { ways } from './compare-routes.js';
import type { Way } from './compare-routes.js';

type FilingCategory = (typeof filingCategories)[number];

export interface RouteNeed {
  readonly text: string;
  /** 备案类别 that open this way, each with its materials; empty where no filing is needed. */
  readonly filings: readonly { readonly category: FilingCategory; readonly materials: readonly string[] }[];
  /** 办理地点; null where there is nothing to be done. */
  readonly office: string | null;
  readonly article: string;
}

const file = 'settlement/routes.yaml';

/** 每条路径需要什么 (N7 N8 N34 P2.4): the filing, its materials as the home area asks for them, and where, as dated data. */
export class RouteNeeds {
  private constructor(
    private readonly values: DatedValues,
    private readonly ways: Readonly<Record<Way, { filing: string; office: string }>>,
    private readonly materials: AreaValues,
  ) {}

  static load(): RouteNeeds {
    const content = parse(readFileSync(join(rulesDirectory(), file), 'utf8')) as Record<
      Way,
      { filing: string; office: string }
    >;
    for (const way of ways) if (!(way in content)) throw new Error(`${file}: nothing is said about ${way}`);
    return new RouteNeeds(DatedValues.of(file, content), content, AreaValues.load('filing/filing.yaml'));
  }

  of(way: Way, homeArea: string, on: Day): RouteNeed {
    const { value, article } = this.values.on(way, on);
    const { filing, office } = this.ways[way];
    const rules = this.materials.of(homeArea);
    const filings = filingCategories
      .filter((category) => filing.split(',').includes(category))
      .map((category) => ({ category, materials: materialsInWords(requiredMaterials(category, rules, on)) }));
    return { text: String(value), filings, office: office === '' ? null : office, article };
  }
}
