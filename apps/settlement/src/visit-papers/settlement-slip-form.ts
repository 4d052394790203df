import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { cell, label, Paper, paperDay } from '#shared/papers';
import type { Cell } from '#shared/papers';
import type { SettlementSlip } from './settlement-slip.js';

const columns = [10, 11, 10, 11, 9, 11, 11, 16, 11, 11];
const leastFundRows = 6;
const low = { minHeight: 22 };

const money = (amount: Fen, span = 1): Cell => cell(formatYuan(amount), { align: 'right', span });
const name = (text: string, span = 1): Cell => label(text, { span, ...low });
const text = (value: string, span = 1): Cell => cell(value, { span, align: 'center' });

/** 附件13 跨省异地就医住院结算单: the annex's rows and columns; an outpatient's slip has the same ones. */
export function settlementSlipForm(slip: SettlementSlip, madeAt: Date): Promise<Buffer> {
  const stay = slip.setting === 'inpatient';
  return new Paper({ title: slip.title, madeAt, landscape: true })
    .fontSize(8)
    .line(
      '附件13',
      `结算编号：${slip.settlementId}    结算日期：${paperDay(slip.settledOn)}    单位：元（保留两位小数）`,
    )
    .heading(slip.title, 15)
    .grid(columns, [
      [
        ...[name('患者姓名'), text(slip.patient), name('性别'), text(slip.sex), name('年龄'), text(String(slip.age))],
        ...[name('社会保障号码'), text(slip.socialSecurityNo), name('社会保障卡号(可选)'), text('')],
      ],
      [name('参保地'), text(slip.homeArea, 4), name('险种类型'), text(slip.scheme, 4)],
      [
        ...[name('就医地'), text(slip.treatmentArea, 2), name('医院名称'), text(slip.hospital, 3)],
        ...[name('医院等级'), text(slip.hospitalLevel, 2)],
      ],
      [
        ...[name(stay ? '入院方式' : '就诊方式'), text(slip.admissionWay, 2)],
        ...[name(stay ? '住院号' : '门诊号'), text(slip.hospitalNo, 3)],
        ...[name(stay ? '出院科室' : '就诊科室'), text(slip.department, 2)],
      ],
      [name('主要诊断'), text(slip.mainDiagnosis, 4), name('次要诊断'), text(slip.otherDiagnoses, 4)],
      [
        ...[name(stay ? '入院日期' : '就诊日期'), text(paperDay(slip.admittedOn), 2)],
        ...[name(stay ? '出院日期' : '结算日期'), text(paperDay(stay ? slip.dischargedOn : slip.settledOn), 3)],
        ...[name('住院天数'), text(stay ? String(slip.days) : '', 2)],
      ],
      [
        ...[name('总费用'), money(slip.totalFen), name('统筹基金支付范围内费用'), money(slip.inScopeFen)],
        ...[name('乙类先行自付费用'), money(slip.firstPayFen), name('超限价自付费用'), money(slip.overLimitFen)],
        ...[name('自费费用'), money(slip.ownExpenseFen)],
      ],
      [
        ...[name('基金支付合计金额', 2), money(slip.fundTotalFen, 3)],
        ...[name('个人现金支付金额', 2), money(slip.cashFen, 3)],
      ],
      ...fundRows(slip),
    ])
    .space(8)
    .line('注：1. 参保地基金按照参保地返回的基金款项名称打印')
    .line('    2. 总费用=统筹基金支付范围内费用+乙类先行自付费用+超限价自付费用+自费费用')
    .line(
      slip.hospitalFen === 0n
        ? '    3. 总费用=基金支付合计金额+个人现金支付金额'
        : '    3. 总费用=基金支付合计金额+个人现金支付金额+医院负担金额',
    )
    .bytes();
}

/** The funds on the left, one below the other; the deductible, and what the hospital bears, on the right. */
function fundRows({ funds, deductibleFen, hospitalFen }: SettlementSlip): Cell[][] {
  const right = [
    { name: '本次起付标准', amountFen: deductibleFen },
    ...(hospitalFen === 0n ? [] : [{ name: '医院负担金额', amountFen: hospitalFen }]),
  ];
  const height = Math.max(leastFundRows, funds.length, right.length);
  const half = (one: { name: string; amountFen: Fen } | undefined): Cell[] =>
    one === undefined ? [name('', 2), text('', 3)] : [name(one.name, 2), money(one.amountFen, 3)];
  return Array.from({ length: height }, (_, row) => [...half(funds[row]), ...half(right[row])]);
}
