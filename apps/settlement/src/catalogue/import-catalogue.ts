import { Injectable } from '@nestjs/common';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { MoneyFormatError, parseYuan } from '#shared/money';
import { categoryNames } from '../scope/rules/fold-categories.js';
import { saveItems } from './catalogue.repository.js';
import type { CatalogueItem } from './catalogue.repository.js';

export interface GivenItem {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly class: string;
  readonly firstPayRatio: string;
  readonly priceLimitPerUnit: string | null;
}

export interface RefusedItem {
  readonly index: number;
  readonly code: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly accepted: number;
  readonly refused: readonly RefusedItem[];
}

/** 目录导入 (N31): good rows are taken, bad ones are reported one by one with their reason. */
@Injectable()
export class ImportCatalogue {
  constructor(private readonly database: Database) {}

  async execute(area: string, from: Day, given: readonly GivenItem[], caller: Caller): Promise<Outcome<ImportReport>> {
    if (!isWithin(caller.scope, area)) return refuse('NOT_YOUR_AREA', { area });
    const accepted = new Map<string, CatalogueItem>();
    const refused: RefusedItem[] = [];
    given.forEach((item, index) => {
      const checked = checkItem(item);
      if (typeof checked === 'string') refused.push({ index, code: item.code, reason: checked });
      else if (accepted.has(item.code)) refused.push({ index, code: item.code, reason: '同一文件内编码重复' });
      else accepted.set(item.code, checked);
    });
    await this.database.transaction((tx) => saveItems(tx, area, from, [...accepted.values()]));
    return { accepted: accepted.size, refused };
  }
}

/** The item, or in words what is wrong with it. */
export function checkItem({
  code,
  name,
  category,
  class: level,
  firstPayRatio,
  priceLimitPerUnit,
}: GivenItem): CatalogueItem | string {
  if (!Object.hasOwn(categoryNames, category)) return `收费类别 ${category} 不在 14 类之内`;
  if (level !== 'A' && level !== 'B' && level !== 'C') return '目录等级应为 A、B 或 C';
  if (!/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(firstPayRatio)) return '先行自付比例应为 0 至 1 的小数';
  if (level === 'A' && Number(firstPayRatio) !== 0) return '甲类项目不应有先行自付';
  try {
    const priceLimitFen = priceLimitPerUnit === null ? null : parseYuan(priceLimitPerUnit);
    if (priceLimitFen !== null && priceLimitFen < 0n) return '限价不得为负';
    return { code, name, category, class: level, firstPayRatio, priceLimitFen };
  } catch (error) {
    if (error instanceof MoneyFormatError) return '限价应为最多两位小数的金额';
    throw error;
  }
}
