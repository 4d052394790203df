import { filingCategories } from '#shared/contracts';
import type { TitledRow } from '#shared/sheets';
import type { FilingCategory } from '../filing/filing.js';
import { categoryNames } from '../filing/filing.transitions.js';
import { materialNames } from '#shared/filing';

/** 批量备案 columns. Materials by code or by name, with ； between them; addresses and telephones may be left out. */
export const batchColumns = ['人员编号', '备案人员类别', '就医地', '备案材料'] as const;

export interface BatchRow {
  readonly line: number;
  readonly personNo: string;
  readonly category: FilingCategory;
  readonly destination: string;
  readonly materials: readonly string[];
  readonly contact: { readonly phone1?: string; readonly awayAddress?: string };
}

const categories = new Map<string, FilingCategory>(
  filingCategories.flatMap((category) => [
    [category, category],
    [categoryNames[category], category],
  ]),
);
const materials = new Map(
  Object.entries(materialNames).flatMap(([code, name]) => [[code, code] as const, [name, code] as const]),
);
const given = <K extends string>(key: K, value: string): { readonly [P in K]?: string } =>
  value === '' ? {} : ({ [key]: value.slice(0, 200) } as { readonly [P in K]?: string });

/** A row of the batch, or what is wrong with it in words. */
export function batchRow({ line, cells }: TitledRow): BatchRow | string {
  const { 人员编号: personNo = '', 就医地: destination = '', 备案材料: listed = '' } = cells;
  const category = categories.get(cells['备案人员类别'] ?? '');
  if (!/^[\w-]{1,30}$/.test(personNo)) return '人员编号应为 1 至 30 位字母数字';
  if (category === undefined) return `备案人员类别应为：${Object.values(categoryNames).join('、')}`;
  if (!/^\d{6}$/.test(destination)) return '就医地应为六位代码';
  const names = listed.split(/[,，;；|]/).filter((name) => name.trim() !== '');
  const codes = names.map((name) => materials.get(name.trim()));
  const unknown = names.find((_, index) => codes[index] === undefined);
  if (unknown !== undefined) return `不认识的材料：${unknown.slice(0, 30)}`;
  return {
    ...{ line, personNo, category, destination, materials: codes.filter((code) => code !== undefined) },
    contact: { ...given('phone1', cells['联系电话'] ?? ''), ...given('awayAddress', cells['异地联系地址'] ?? '') },
  };
}
