import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { fenOf } from './books.js';
import type { Json } from './expectation.js';

const scope = ['fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt'];
const payers = ['fund_pay_sumamt', 'acct_pay', 'psn_cash_pay', 'hosp_part_amt'];
const figures = ['medfee_sumamt', ...scope, ...payers, 'act_pay_dedc'];

const sumOf = (node: Json, names: readonly string[]): Fen => sum(names.map((name) => fenOf(node[name])));

/** 恒等式: the bill is what is in and out of scope, and what the four payers pay. */
export function billProblem(setlinfo: Json, totalFen: Fen): string | undefined {
  const total = fenOf(setlinfo['medfee_sumamt']);
  if (total !== totalFen) return `总额 ${formatYuan(total)}，应为 ${formatYuan(totalFen)}`;
  if (sumOf(setlinfo, scope) !== total) return `四项范围之和 ${formatYuan(sumOf(setlinfo, scope))} 不等于总额`;
  if (sumOf(setlinfo, payers) !== total)
    return `基金、账户、现金、医院之和 ${formatYuan(sumOf(setlinfo, payers))} 不等于总额`;
  return typeof setlinfo['mdtrt_id'] === 'string' ? undefined : '没有就诊 ID';
}

/** 两次应答金额一致; `sign` −1n for a refund of the other. */
export function sameFigures(one: Json, other: Json, sign: 1n | -1n = 1n): string | undefined {
  const name = figures.find((figure) => fenOf(one[figure]) !== sign * fenOf(other[figure]));
  return name === undefined
    ? undefined
    : `${name} 为 ${String(other[name])}，应为 ${formatYuan(sign * fenOf(one[name]))}`;
}

/** 明细分解: every row is split without rest. */
export function splitProblem(output: Json): string | undefined {
  const rows = output['result'];
  if (!Array.isArray(rows) || rows.length === 0) return '没有明细分解结果';
  const parts = ['fulamt_ownpay_amt', 'overlmt_amt', 'preselfpay_amt', 'inscp_scp_amt'];
  const wrong = (rows as Json[]).find((row) => sumOf(row, parts) !== fenOf(row['det_item_fee_sumamt']));
  return wrong === undefined ? undefined : `明细 ${String(wrong['feedetl_sn'])} 分解之和不等于金额`;
}
