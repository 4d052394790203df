import type { FeeLine } from '../../visit/visit.js';
import type { GivenLine } from '../../visit/record-lines.js';
import { EnvelopeProblem } from '../message-node.js';
import type { MessageNode } from '../message-node.js';
import { yuan } from '../settlement-nodes.js';

const mostLines = 1000;
const noLimit = 999_999;

/** 费用明细 as hospitals send it (2204, 2301); all lines of a message belong to one visit. */
export function readLines(input: MessageNode): { visitId: string; personNo: string; lines: GivenLine[] } {
  const rows = input.list('feedetail');
  const [first] = rows;
  if (first === undefined) throw new EnvelopeProblem('节点 feedetail 为空');
  if (rows.length > mostLines) throw new EnvelopeProblem(`一次最多上传 ${mostLines} 条明细`);
  const visitId = first.need('mdtrt_id', 30);
  const personNo = first.need('psn_no', 30);
  if (rows.some((row) => row.text('mdtrt_id') !== visitId || row.text('psn_no') !== personNo)) {
    throw new EnvelopeProblem('同一报文的明细应属同一就诊');
  }
  const lines = rows.map((row) => ({
    lineNo: row.need('feedetl_sn', 30),
    batchNo: row.text('chrg_bchno', 30),
    itemCode: row.need('med_list_codg', 50),
    price: priceOf(row),
    quantity: quantityOf(row),
    amountFen: row.yuan('det_item_fee_sumamt'),
    occurredOn: row.day('fee_ocur_time'),
  }));
  return { visitId, personNo, lines };
}

function priceOf(row: MessageNode): string {
  const price = row.decimal('pric');
  if (price.startsWith('-')) throw new EnvelopeProblem('字段 pric 不能为负，冲减请用负的数量');
  return price;
}

function quantityOf(row: MessageNode): string {
  const quantity = row.decimal('cnt');
  if (!/[1-9]/.test(quantity)) throw new EnvelopeProblem('字段 cnt 不能为零');
  return quantity;
}

/** 明细分解结果, one per line. */
export const lineNode = (line: FeeLine): object => ({
  feedetl_sn: line.lineNo,
  det_item_fee_sumamt: yuan(line.totalFen),
  cnt: Number(line.quantity),
  pric: Number(line.price),
  pric_uplmt_amt: line.priceLimitFen === null ? noLimit : yuan(line.priceLimitFen),
  selfpay_prop: Number(line.firstPayRatio),
  fulamt_ownpay_amt: yuan(line.ownExpenseFen),
  overlmt_amt: yuan(line.overLimitFen),
  preselfpay_amt: yuan(line.firstPayFen),
  inscp_scp_amt: yuan(line.inScopeFen),
  chrgitm_lv: { A: '01', B: '02', C: '03' }[line.class],
  med_chrgitm_type: line.category,
  bas_medn_flag: '0',
  hi_nego_drug_flag: '0',
  chld_medc_flag: '0',
  list_sp_item_flag: '0',
  lmt_used_flag: '0',
  drt_reim_flag: '0',
  memo: null,
});
