import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { DatedValues, rulesDirectory } from '#shared/rules';
import { ways } from './compare-routes.js';
import type { Way } from './compare-routes.js';

export interface RouteNeed {
  readonly text: string;
  /** 备案类别 that open this way; empty where no filing is needed. */
  readonly filingCategories: readonly string[];
  readonly article: string;
}

const file = 'settlement/routes.yaml';

/** 每条路径需要什么 (N7 N8 N34 P2.4), as dated data. */
export class RouteNeeds {
  private constructor(
    private readonly values: DatedValues,
    private readonly filings: Readonly<Record<string, { filing: string }>>,
  ) {}

  static load(): RouteNeeds {
    const content = parse(readFileSync(join(rulesDirectory(), file), 'utf8')) as Record<Way, { filing: string }>;
    for (const way of ways) if (!(way in content)) throw new Error(`${file}: nothing is said about ${way}`);
    return new RouteNeeds(DatedValues.of(file, content), content);
  }

  of(way: Way, on: Day): RouteNeed {
    const { value, article } = this.values.on(way, on);
    const filingCategories = (this.filings[way]?.filing ?? '').split(',').filter((name) => name !== '');
    return { text: String(value), filingCategories, article };
  }
}
