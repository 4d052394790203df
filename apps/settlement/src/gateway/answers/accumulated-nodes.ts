import { formatYuan, sum } from '#shared/money';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import type { YearTotal } from '../visit-queries.repository.js';

type Node = AnswerFrom<FormOf<'5206'>>['cuminfo'][number];

/** 累计类别: what the names of the accumulators mean to a hospital. Those by level are parts of their totals. */
function typeOf(name: string): 'DEDC' | 'POOL' | 'OTHER' | 'TIMES' | undefined {
  if (/^deductible\.[^.]+$/.test(name)) return 'DEDC';
  if (/^count\.[^.]+$/.test(name)) return 'TIMES';
  if (name === 'cap.pool') return 'POOL';
  return name.startsWith('cap.') ? 'OTHER' : undefined;
}

/** 人员累计信息 (5206): per insurance and kind, for a benefit year. */
export function accumulatedNodes(totals: readonly YearTotal[], month: string): Node[] {
  const groups = new Map<string, { scheme: string; year: number; type: string; amounts: bigint[] }>();
  for (const { scheme, year, name, amount } of totals) {
    const type = typeOf(name);
    if (type === undefined) continue;
    const key = `${scheme} ${year} ${type}`;
    const group = groups.get(key) ?? { scheme, year, type, amounts: [] };
    group.amounts.push(amount);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ scheme, year, type, amounts }) => ({
    insutype: scheme,
    year: String(year),
    cum_ym: month,
    cum_type_code: type,
    cum: type === 'TIMES' ? Number(sum(amounts)) : Number(formatYuan(sum(amounts))),
  }));
}
