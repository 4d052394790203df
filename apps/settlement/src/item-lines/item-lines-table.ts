import { formatYuan } from '#shared/money';
import { codeTables } from '#shared/national-interface';
import { areaName } from '#shared/regions';
import type { PlainCell } from '#shared/sheets';
import { categoryNames } from '../scope/rules/fold-categories.js';
import type { ItemLine } from './item-line.repository.js';

const classNames = { A: '甲类', B: '乙类', C: '自费' } as const;

/** 费用明细表 of the download: one title and one cell per column. */
const columns: readonly (readonly [string, (line: ItemLine) => PlainCell])[] = [
  ['结算ID', ({ settlementId }) => settlementId],
  ['结算日期', ({ settledOn }) => settledOn],
  ['参保地代码', ({ homeArea }) => homeArea],
  ['参保地', ({ homeArea }) => areaName(homeArea)],
  ['就医地代码', ({ treatmentArea }) => treatmentArea],
  ['就医地', ({ treatmentArea }) => areaName(treatmentArea)],
  ['机构编码', ({ institutionCode }) => institutionCode],
  ['机构名称', ({ institutionName }) => institutionName],
  ['人员编号', ({ personNo }) => personNo],
  ['险种', ({ scheme }) => codeTables['insutype']?.[scheme] ?? scheme],
  ['医疗类别', ({ medType }) => codeTables['med_type']?.[medType] ?? medType],
  ['费用明细流水号', ({ lineNo }) => lineNo],
  ['项目编码', ({ itemCode }) => itemCode],
  ['项目名称', ({ itemName }) => itemName],
  ['费用类别', ({ category }) => categoryNames[category] ?? category],
  ['等级', (line) => classNames[line.class]],
  ['发生日期', ({ occurredOn }) => occurredOn],
  ['单价', ({ price }) => price],
  ['数量', ({ quantity }) => quantity],
  ['金额', ({ totalFen }) => formatYuan(totalFen)],
  ['自费', ({ ownExpenseFen }) => formatYuan(ownExpenseFen)],
  ['超限价自付', ({ overLimitFen }) => formatYuan(overLimitFen)],
  ['先行自付', ({ firstPayFen }) => formatYuan(firstPayFen)],
  ['范围内', ({ inScopeFen }) => formatYuan(inScopeFen)],
  ['外检外购机构', ({ outsideInstitution }) => outsideInstitution ?? null],
  ['已退费', ({ refunded }) => (refunded ? '是' : '否')],
];

export const itemLineTitles = columns.map(([title]) => title);
export const itemLineRow = (line: ItemLine): PlainCell[] => columns.map(([, cell]) => cell(line));

/** The same as JSON. */
export const itemLineView = (line: ItemLine) => ({
  lineNo: line.lineNo,
  item: line.itemCode,
  itemName: line.itemName,
  category: line.category,
  class: line.class,
  occurredOn: line.occurredOn,
  price: line.price,
  quantity: line.quantity,
  amount: formatYuan(line.totalFen),
  ownExpense: formatYuan(line.ownExpenseFen),
  overLimit: formatYuan(line.overLimitFen),
  firstPay: formatYuan(line.firstPayFen),
  inScope: formatYuan(line.inScopeFen),
  outsideInstitution: line.outsideInstitution ?? null,
});
