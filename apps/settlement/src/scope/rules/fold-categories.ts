import { addScopes } from '../scope.js';
import type { ScopeAmounts } from '../scope.js';

/** 医疗收费项目类别 (N32): the 14 categories in which an inpatient bill goes to the home side. */
export const categoryNames: Readonly<Record<string, string>> = {
  '01': '床位费',
  '02': '诊察费',
  '03': '检查费',
  '04': '化验费',
  '05': '治疗费',
  '06': '手术费',
  '07': '护理费',
  '08': '卫生材料费',
  '09': '西药费',
  '10': '中药饮片费',
  '11': '中成药费',
  '12': '一般诊疗费',
  '13': '挂号费',
  '14': '其他费',
};

export interface CategoryScope extends ScopeAmounts {
  readonly category: string;
}

/** 归并 (N32): lines folded into categories, in the order of their codes; nothing is gained or lost on the way. */
export function foldCategories(lines: readonly (ScopeAmounts & { readonly category: string })[]): CategoryScope[] {
  const codes = [...new Set(lines.map(({ category }) => category))].sort();
  return codes.map((code) => ({ category: code, ...addScopes(lines.filter(({ category }) => category === code)) }));
}
