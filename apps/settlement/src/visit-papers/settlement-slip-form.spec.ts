import { describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { keptPaper } from '#shared/testing';
import type { SettlementSlip } from './settlement-slip.js';
import { slipView } from './settlement-slip.js';
import { settlementSlipForm } from './settlement-slip-form.js';

const slip: SettlementSlip = {
  ...{ title: '湖南省跨省异地就医住院结算单', settlementId: 'S43010020260316000000001', setting: 'inpatient' },
  ...{ settledOn: '2026-03-16', patient: '欧阳测试', sex: '女', age: 67, socialSecurityNo: '999***********1234' },
  ...{ homeArea: '广州', scheme: '职工基本医疗保险', treatmentArea: '长沙', hospital: '长沙示例大学附属第一示例医院' },
  ...{
    hospitalLevel: '三级（省部属）',
    admissionWay: '急诊',
    hospitalNo: 'ZY20260300017',
    department: '心血管内科二病区',
  },
  ...{ mainDiagnosis: '急性下壁心肌梗死', otherDiagnoses: '高血压病3级（很高危）、2型糖尿病、慢性肾脏病3期' },
  ...{ admittedOn: '2025-12-28', dischargedOn: '2026-03-16', days: 78, totalFen: 2_344_246n, inScopeFen: 1_880_816n },
  ...{ firstPayFen: 70_344n, overLimitFen: 139_689n, ownExpenseFen: 253_397n, fundTotalFen: 1_895_543n },
  ...{ cashFen: 398_202n, deductibleFen: 160_000n, hospitalFen: 50_501n },
  funds: [
    ...['职工基本医疗保险统筹基金', '大额医疗费用补助基金', '公务员医疗补助基金', '企业补充医疗保险基金'],
    ...['医疗救助基金', '一至六级残疾军人医疗补助基金', '个人账户'],
  ].map((name, at) => ({ name, amountFen: at === 0 ? 1_878_539n - 500n : at === 6 ? 17_004n : 100n })),
};

async function made(one: SettlementSlip, name: string): Promise<{ text: string; pages: number }> {
  const bytes = await settlementSlipForm(one, new Date('2026-03-16T02:00:00Z'));
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages = document.numPages;
  await document.destroy();
  return { text: await keptPaper(bytes, name), pages };
}

describe('the settlement slip on paper', () => {
  it('[A13] has all headings of the annex, every fund by its name, and stands on one page', async () => {
    const { text, pages } = await made(slip, 'a13-full');
    for (const heading of [
      ...['患者姓名', '性别', '年龄', '社会保障号码', '社会保障卡号(可选)', '参保地', '险种类型', '就医地', '医院名称'],
      ...['医院等级', '入院方式', '住院号', '出院科室', '主要诊断', '次要诊断', '入院日期', '出院日期', '住院天数'],
      ...['总费用', '统筹基金支付范围内费用', '乙类先行自付费用', '超限价自付费用', '自费费用', '基金支付合计金额'],
      ...['个人现金支付金额', '本次起付标准', '医院负担金额', '单位：元（保留两位小数）'],
      ...slip.funds.map(({ name }) => name),
      ...['23442.46', '18808.16', '703.44', '1396.89', '2533.97', '18955.43', '3982.02', '1600.00', '505.01', '170.04'],
    ])
      expect(text).toContain(heading);
    expect(text).toContain('3.总费用=基金支付合计金额+个人现金支付金额+医院负担金额');
    expect(pages).toBe(1);
  });

  it('[A13 N37] an outpatient has no days in hospital; where the hospital bears nothing it is not named', async () => {
    const { text } = await made({ ...slip, setting: 'outpatient', hospitalFen: 0n }, 'a13-outpatient');
    expect(text).toContain('就诊日期');
    expect(text).not.toContain('医院负担');
    expect(slipView(slip)).toMatchObject({ total: '23442.46', cash: '3982.02', hospital: '505.01', days: 78 });
  });
});
