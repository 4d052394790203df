import type { Fen } from '#shared/money';

/** 基金支付栏目: the columns of annex 14-2 and of the message, and the national fund codes that count into each. */
export type FundColumn =
  'hifp_pay' | 'hifob_pay' | 'hifes_pay' | 'cvlserv_pay' | 'hifdm_pay' | 'hifmi_pay' | 'maf_pay' | 'oth_pay';

interface FundKind {
  readonly name: string;
  readonly column: FundColumn;
}

const kinds: Readonly<Record<string, FundKind>> = {
  '310100': { name: '职工基本医疗保险统筹基金', column: 'hifp_pay' },
  '320100': { name: '公务员医疗补助基金', column: 'cvlserv_pay' },
  '330100': { name: '大额医疗费用补助基金', column: 'hifob_pay' },
  '330101': { name: '大额医疗费用补助基金', column: 'hifob_pay' },
  '340100': { name: '离休人员医疗保障基金', column: 'oth_pay' },
  '350100': { name: '一至六级残疾军人医疗补助基金', column: 'hifdm_pay' },
  '370100': { name: '企业补充医疗保险基金', column: 'hifes_pay' },
  '390100': { name: '城乡居民基本医疗保险基金', column: 'hifp_pay' },
  '390200': { name: '城乡居民大病医疗保险基金', column: 'hifmi_pay' },
  '510100': { name: '生育基金', column: 'oth_pay' },
  '610100': { name: '医疗救助基金', column: 'maf_pay' },
};

export const fundTypeName = (fundType: string): string => kinds[fundType]?.name ?? '';

/** The funds of a settlement in their columns; a code that nobody knows counts as 其他. */
export function fundColumns(
  funds: readonly { readonly fundType: string; readonly amountFen: Fen }[],
): Readonly<Record<FundColumn, Fen>> {
  const columns: Record<FundColumn, Fen> = {
    hifp_pay: 0n,
    hifob_pay: 0n,
    hifes_pay: 0n,
    cvlserv_pay: 0n,
    hifdm_pay: 0n,
    hifmi_pay: 0n,
    maf_pay: 0n,
    oth_pay: 0n,
  };
  for (const { fundType, amountFen } of funds) columns[kinds[fundType]?.column ?? 'oth_pay'] += amountFen;
  return columns;
}
