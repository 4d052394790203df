import { MoneyFormatError, parseYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { institutionLevels } from '../policy/policy-pack.js';
import type { InstitutionLevel } from '../policy/policy-pack.js';
import { categoryNames } from '../scope/rules/fold-categories.js';
import type { CatalogueItem } from './catalogue-item.js';

export interface GivenItem {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly class: string;
  readonly firstPayRatio: string;
  readonly priceLimitPerUnit: string | null;
  readonly levelLimits?: Readonly<Partial<Record<InstitutionLevel, string>>> | undefined;
  readonly diseases?: readonly string[] | undefined;
}

/** Which field of an item is wrong, and what to write instead. */
export interface ItemFault {
  readonly field: string;
  readonly reason: string;
}

const longestCode = 50;
const longestName = 200;
const mostDiseases = 100;

/** 目录项目检查 (N31): the item, or the first thing that is wrong with it. */
export function checkItem(given: GivenItem): CatalogueItem | ItemFault {
  const { code, name, category, class: level, firstPayRatio, diseases = [] } = given;
  const fault = (field: string, reason: string): ItemFault => ({ field, reason });
  if (!/^[A-Za-z0-9-]+$/.test(code) || code.length > longestCode)
    return fault('code', `医疗目录编码应为 1 至 ${longestCode} 位字母、数字或连字符`);
  if (name === '' || name.length > longestName) return fault('name', `名称应为 1 至 ${longestName} 个字`);
  if (!Object.hasOwn(categoryNames, category))
    return fault('category', `收费类别 ${category} 不在 14 类之内，应为 01 至 14`);
  if (level !== 'A' && level !== 'B' && level !== 'C') return fault('class', '目录等级应为 A、B 或 C（甲、乙、丙）');
  if (!/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(firstPayRatio))
    return fault('firstPayRatio', '先行自付比例应为 0 至 1 的小数，例如 0.10');
  if (level === 'A' && Number(firstPayRatio) !== 0) return fault('firstPayRatio', '甲类项目不应有先行自付，应为 0');
  if (diseases.length > mostDiseases || diseases.some((one) => !/^[\w.+-]{1,30}$/.test(one)))
    return fault('diseases', `慢特病病种应为至多 ${mostDiseases} 个病种编码，以空格分隔`);
  const limit = limitOf(given.priceLimitPerUnit ?? undefined);
  if (typeof limit === 'string') return fault('priceLimitPerUnit', limit);
  const levelLimits: Partial<Record<InstitutionLevel, Fen>> = {};
  for (const at of institutionLevels) {
    const ofLevel = limitOf(given.levelLimits?.[at]);
    if (typeof ofLevel === 'string') return fault(at, ofLevel);
    if (ofLevel !== null) levelLimits[at] = ofLevel;
  }
  return {
    ...{ code, name, category, class: level, firstPayRatio, priceLimitFen: limit, levelLimits },
    diseases: [...new Set(diseases)].sort(),
  };
}

/** The limit in fen, null where none is given, or what is wrong with it. */
function limitOf(text: string | undefined): Fen | null | string {
  if (text === undefined || text === '') return null;
  try {
    const limitFen = parseYuan(text);
    return limitFen < 0n ? '限价不得为负' : limitFen;
  } catch (error) {
    if (error instanceof MoneyFormatError) return '限价应为最多两位小数的金额，例如 60.00';
    throw error;
  }
}
