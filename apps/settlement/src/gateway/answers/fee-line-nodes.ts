import type { AnswerFrom, FormOf } from '#shared/national-interface';
import type { ChronicScope } from '../../catalogue/rules/chronic-scope.js';
import type { FeeLine } from '../../visit/visit.js';
import { yuan } from './settlement-nodes.js';

const noLimit = 999_999;

/** 收费项目等级. */
export const levelOf = { A: '01', B: '02', C: '03' } as const;

export const priceLimitNode = ({ priceLimitFen }: Pick<FeeLine, 'priceLimitFen'>): number =>
  priceLimitFen === null ? noLimit : yuan(priceLimitFen);

/** 四分 of a line, under the names that lines have. */
export const lineAmounts = (line: Pick<FeeLine, 'ownExpenseFen' | 'overLimitFen' | 'firstPayFen' | 'inScopeFen'>) => ({
  fulamt_ownpay_amt: yuan(line.ownExpenseFen),
  overlmt_amt: yuan(line.overLimitFen),
  preselfpay_amt: yuan(line.firstPayFen),
  inscp_scp_amt: yuan(line.inScopeFen),
});

const scopeMemos: Record<ChronicScope, string | null> = {
  scope: null,
  outside: '不在就医地该病种的支付范围内',
  norms: '就医地没有该病种的支付范围，按诊疗规范审核',
};

/** 明细分解结果, one per line. */
export const lineNode = (line: FeeLine): AnswerFrom<FormOf<'2204'>>['result'][number] => ({
  feedetl_sn: line.lineNo,
  det_item_fee_sumamt: yuan(line.totalFen),
  cnt: Number(line.quantity),
  pric: Number(line.price),
  pric_uplmt_amt: priceLimitNode(line),
  selfpay_prop: Number(line.firstPayRatio),
  ...lineAmounts(line),
  chrgitm_lv: levelOf[line.class],
  med_chrgitm_type: line.category,
  bas_medn_flag: '0',
  hi_nego_drug_flag: '0',
  chld_medc_flag: '0',
  list_sp_item_flag: '0',
  lmt_used_flag: '0',
  drt_reim_flag: '0',
  memo: line.chronicScope == null ? null : scopeMemos[line.chronicScope],
});
