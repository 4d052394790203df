import { areaName } from '#shared/regions';
import { clerk } from '../people.js';
import type { Stage } from './stage.js';
import { month } from './05-declare-audit-pay.js';

export interface Pair {
  readonly payer: string;
  readonly payee: string;
  readonly employees: string;
  readonly residents: string;
  readonly deducted: string;
  readonly payable: string;
}

export interface Tables {
  readonly pairs: readonly Pair[];
  readonly total: string;
  readonly checks: readonly { id: string; text: string; left: string; right: string; holds: boolean }[];
}

const treatmentProvinces = ['110000', '310000', '420000', '430000', '440000'];

/** April 20 to 30: provinces upload, the tables are made, confirmed, and the notices go out. */
export async function clear({ doors, teller }: Stage): Promise<void> {
  teller.step('清算：上传、清分、确认、通知书', 'Clearing: upload, tables, confirmation, notices (H62 N46 N47)');
  await doors.moveTo('2026-04-20');
  for (const province of treatmentProvinces)
    await doors.call(clerk(province), 'clearing', 'POST', `/periods/${month}/uploads`);
  await doors.moveTo('2026-04-21');
  const tables = await doors.call<Tables>(clerk('000000'), 'clearing', 'GET', `/periods/${month}/tables`);
  teller.table(
    ['付款省 payer', '收款省 payee', '职工 employees', '居民 residents', '扣款 deducted', '应付 payable'],
    tables.pairs.map(({ payer, payee, employees, residents, deducted, payable }) => [
      areaName(payer),
      areaName(payee),
      employees,
      residents,
      deducted,
      payable,
    ]),
  );
  const workbook = await doors.bytes(clerk('000000'), 'clearing', `/periods/${month}/tables.xlsx`);
  teller.say(
    `附件14 工作簿 ${workbook.length} 字节；勾稽关系 ${tables.checks.filter(({ holds }) => holds).length}/${tables.checks.length} 成立 (cross sums hold)`,
  );
  await doors.moveTo('2026-04-24');
  for (const province of treatmentProvinces)
    await doors.call(clerk(province), 'clearing', 'POST', `/periods/${month}/confirmation`);
  await doors.moveTo('2026-04-30');
  await doors.call(clerk('000000'), 'clearing', 'POST', `/periods/${month}/notices`);
  await doors.untilQuiet();
}

interface NettingLine {
  readonly area: string;
  readonly home: string;
  readonly treatment: string;
  readonly net: string;
}

export interface Netting {
  readonly crossProvinceEmployees: readonly NettingLine[];
  readonly crossProvinceResidentsFromProvincialCollection: readonly { area: string; amount: string }[];
  readonly intraProvinceEmployees: readonly NettingLine[];
  readonly intraProvinceResidents: readonly NettingLine[];
}

/** 湖南轧差: what each area owes or receives inside the province. */
export async function showNetting({ doors, teller }: Stage): Promise<void> {
  teller.step('湖南省内轧差', 'Netting inside Hunan (H65–H68)');
  const netting = await doors.call<Netting>(
    clerk('430000'),
    'clearing',
    'GET',
    `/periods/${month}/netting?province=430000`,
  );
  const lines = (title: string, rows: readonly NettingLine[]): string[][] =>
    rows.map(({ area, home, treatment, net }) => [title, areaName(area), home, treatment, net]);
  teller.table(
    ['表 table', '统筹区 area', '参保应付 home', '就医应收 treatment', '轧差 net'],
    [
      ...lines('跨省职工', netting.crossProvinceEmployees),
      ...lines('省内职工', netting.intraProvinceEmployees),
      ...lines('省内居民', netting.intraProvinceResidents),
      ...netting.crossProvinceResidentsFromProvincialCollection.map(({ area, amount }) => [
        '跨省居民（省级归集）',
        areaName(area),
        amount,
        '',
        '',
      ]),
    ],
  );
}
