import writeXlsxFile from 'write-excel-file/node';
import type { Cell, Row } from 'write-excel-file/node';
import type { Month } from '#shared/clock';
import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { areaName, provinces } from '#shared/regions';
import { employeesPayableFen, residentsPayableFen } from './tables.js';
import type { Pair } from './tables.js';

const text = (value: string, more: object = {}): Cell => ({ value, type: String, ...more });
/** A number cell with two decimals; fen of a province's month are far below what a double holds exactly. */
const money = (amount: Fen, more: object = {}): Cell => ({
  value: Number(formatYuan(amount)),
  type: Number,
  format: '0.00',
  ...more,
});
const bold = { fontWeight: 'bold' } as const;
const center = { align: 'center' } as const;

function heading(title: string, period: Month, width: number, maker: string): Row[] {
  const [year = '', month = ''] = period.split('-');
  return [
    [text(title, { ...bold, ...center, columnSpan: width })],
    [text(`制表单位：${maker}`)],
    [text(`清算所属月份：${year} 年 ${month} 月`)],
    [text('单位：元（保留两位小数）')],
  ];
}

const signatures = (made: string): Row[] => [
  [text('单位负责人：')],
  [text('审核人：')],
  [text('制表人：')],
  [text(`制表日期：${made}`)],
];

/** 附件 14: rows receive, columns pay, the diagonal is crossed out. */
function matrix(pairs: readonly Pair[], period: Month, made: string): Row[] {
  const all = provinces();
  const amount = (payee: string, payer: string): Fen =>
    sum(pairs.filter((pair) => pair.payee === payee && pair.payer === payer).map(({ payableFen }) => payableFen));
  const rowTotal = (payee: string): Fen =>
    sum(pairs.filter((pair) => pair.payee === payee).map(({ payableFen }) => payableFen));
  const columnTotal = (payer: string): Fen =>
    sum(pairs.filter((pair) => pair.payer === payer).map(({ payableFen }) => payableFen));
  return [
    ...heading('全国跨省异地就医费用清算表', period, all.length + 3, '国家级经办机构'),
    [
      text('地区', bold),
      null,
      text('付款省', { ...bold, ...center, columnSpan: all.length }),
      ...all.slice(1).map(() => null),
      text('合计', bold),
    ],
    [null, null, ...all.map((payer) => text(areaName(payer), bold)), null],
    ...all.map((payee, index): Row => [
      index === 0 ? text('收款省', { ...bold, rowSpan: all.length }) : null,
      text(areaName(payee), bold),
      ...all.map((payer) => (payer === payee ? text('---', center) : money(amount(payee, payer)))),
      money(rowTotal(payee), bold),
    ]),
    [
      text('合计', bold),
      null,
      ...all.map((payer) => money(columnTotal(payer), bold)),
      money(sum(all.map(rowTotal)), bold),
    ],
    ...signatures(made),
  ];
}

/** 附件 14-1 and 14-7: one province against all others, by scheme. */
function side(
  title: string,
  own: readonly Pair[],
  other: 'payer' | 'payee',
  province: string,
  period: Month,
  made: string,
): Row[] {
  const all = provinces().filter((code) => code !== province);
  const of = (code: string, figure: (pair: Pair) => Fen): Fen =>
    sum(own.filter((pair) => pair[other] === code).map(figure));
  const line = (name: string, codes: readonly string[], style: object = {}): Row => [
    text(name, style),
    money(sum(codes.map((code) => of(code, ({ payableFen }) => payableFen))), style),
    money(sum(codes.map((code) => of(code, employeesPayableFen))), style),
    money(sum(codes.map((code) => of(code, residentsPayableFen))), style),
  ];
  return [
    ...heading(`${areaName(province)}${title}`, period, 4, `${areaName(province)}省级经办机构`),
    [text('地区', bold), text('合计', bold), text('职工医保', bold), text('居民医保', bold)],
    ...all.map((code) => line(areaName(code), [code])),
    line('合计', all, bold),
    ...signatures(made),
  ];
}

/** 清算表工作簿: annex 14, and for every province that takes part 14-1 and 14-7. */
export async function tablesWorkbook(pairs: readonly Pair[], period: Month, made: string): Promise<Buffer> {
  const taking = [...new Set(pairs.flatMap(({ payer, payee }) => [payer, payee]))].sort();
  const sheets = [
    { sheet: '附件14', data: matrix(pairs, period, made) },
    ...taking.flatMap((province) => [
      {
        sheet: `附件14-1 ${areaName(province)}`,
        data: side(
          '跨省异地就医应付医疗费用清算表',
          pairs.filter(({ payer }) => payer === province),
          'payee',
          province,
          period,
          made,
        ),
      },
      {
        sheet: `附件14-7 ${areaName(province)}`,
        data: side(
          '跨省异地就医应收医疗费用清算表',
          pairs.filter(({ payee }) => payee === province),
          'payer',
          province,
          period,
          made,
        ),
      },
    ]),
  ];
  return writeXlsxFile(sheets).toBuffer();
}
