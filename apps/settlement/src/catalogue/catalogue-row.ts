import { isDay } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { TitledRow } from '#shared/sheets';
import { checkItem } from './check-item.js';
import type { ItemFault } from './check-item.js';
import type { ItemVersion } from './catalogue-item.js';

/** 目录文件 columns that must be there; a line is one item. */
export const catalogueColumns = ['医疗目录编码', '项目名称', '收费类别', '目录等级', '先行自付比例'] as const;

/** All columns of a file by the field that they fill; those that are not needed may be missing or empty. */
const columnOf: Readonly<Record<string, string>> = {
  ...{ code: '医疗目录编码', name: '项目名称', category: '收费类别', class: '目录等级', firstPayRatio: '先行自付比例' },
  ...{
    priceLimitPerUnit: '限价',
    L0: '基层限价',
    L1: '一级限价',
    L2: '二级限价',
    L3: '三级限价',
    L3P: '省部属三级限价',
  },
  ...{ diseases: '慢特病病种', from: '起始日', to: '终止日' },
};

/** The columns in the order in which a template has them. */
export const catalogueTemplate = Object.values(columnOf);

const classes: Readonly<Record<string, string>> = { 甲: 'A', 乙: 'B', 丙: 'C', '01': 'A', '02': 'B', '03': 'C' };

/** 不合格行: where it stands, and what to write instead. */
export interface RefusedRow {
  readonly line: number;
  readonly itemCode: string;
  readonly column: string;
  readonly reason: string;
}

/** A line of a file as the version of an item; `from` is the day of the whole file where the line has none. */
export function versionOf({ line, cells }: TitledRow, from: Day | undefined): ItemVersion | RefusedRow {
  const cell = (field: string): string => cells[columnOf[field] ?? ''] ?? '';
  const refused = ({ field, reason }: ItemFault): RefusedRow => ({
    ...{ line, itemCode: cell('code').slice(0, 50), column: columnOf[field] ?? field, reason },
  });
  const category = cell('category');
  const item = checkItem({
    ...{ code: cell('code'), name: cell('name'), category: category.padStart(2, '0') },
    ...{ class: classes[cell('class')] ?? cell('class'), firstPayRatio: cell('firstPayRatio') },
    priceLimitPerUnit: cell('priceLimitPerUnit'),
    levelLimits: { L0: cell('L0'), L1: cell('L1'), L2: cell('L2'), L3: cell('L3'), L3P: cell('L3P') },
    diseases: cell('diseases')
      .split(/[\s,，、;；]+/)
      .filter((one) => one !== ''),
  });
  if ('reason' in item) return refused(item);
  const [begins, ends] = [cell('from') === '' ? (from ?? '') : cell('from'), cell('to')];
  if (!isDay(begins)) return refused({ field: 'from', reason: '起始日应为存在的日期，例如 2026-01-01' });
  if (ends !== '' && (!isDay(ends) || ends < begins))
    return refused({ field: 'to', reason: '终止日应为不早于起始日的日期，或留空' });
  return { item, from: begins, to: ends === '' ? null : ends };
}
