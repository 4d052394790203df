import { monthOf } from '#shared/clock';
import type { ServiceName } from '#shared/contracts';
import { parseYuan, formatYuan, sum } from '#shared/money';
import type { Doors, Flow } from './doors.js';
import { clerk } from './people.js';
import { month } from './story/05-declare-audit-pay.js';
import type { Payment } from './story/05-declare-audit-pay.js';
import type { Netting, Tables } from './story/06-clear.js';
import type { Matter, Usage } from './story/07-funds-and-matters.js';
import type { SettledVisit } from './story/hospital-desk.js';
import { readDates } from './report-dates.js';
import { readSettlement } from './report-settlements.js';
import type { SettlementReport } from './report-settlements.js';
import { institutionKeyOf } from './world.js';

export interface Invariant {
  readonly id: string;
  readonly text: string;
  readonly left: string;
  readonly right: string;
  readonly holds: boolean;
}

export interface MonthReport {
  readonly period: string;
  readonly settlements: readonly SettlementReport[];
  readonly payments: readonly object[];
  readonly clearing: { readonly pairs: readonly object[]; readonly total: string };
  readonly hunan: Netting & { readonly note: string };
  readonly usage: readonly Usage[];
  readonly dates: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, { published: number; consumed: number; deadLettered: number }>>;
  readonly matters: readonly Matter[];
  readonly invariants: readonly Invariant[];
}

const services: readonly ServiceName[] = ['filing', 'settlement', 'clearing', 'funds', 'collaboration'];

const nettingNote =
  'home: 参保地应付, owed for own people treated elsewhere; treatment: 就医地应收, due for others treated here; net = treatment − home';

/** Reads everything back through the public doors: what the systems really hold, not what the story believes. */
export async function readMonth(doors: Doors, settled: ReadonlyMap<string, SettledVisit>): Promise<MonthReport> {
  const nation = clerk('000000');
  const settlements: SettlementReport[] = [];
  for (const [id, visit] of settled) settlements.push(await readSettlement(doors, id, visit, settled));
  settlements.sort((a, b) =>
    a.settledOn === b.settledOn ? order(a.id) - order(b.id) : a.settledOn < b.settledOn ? -1 : 1,
  );
  const payments = await doors.call<Payment[]>(nation, 'settlement', 'GET', `/payments?month=${month}`);
  const tables = await doors.call<Tables>(nation, 'clearing', 'GET', `/periods/${month}/tables`);
  const netting = await doors.call<Netting>(
    clerk('430000'),
    'clearing',
    'GET',
    `/periods/${month}/netting?province=430000`,
  );
  const usage = await doors.call<Usage[]>(nation, 'funds', 'GET', `/usage?period=${month}`);
  const checks = await doors.call<
    { day: string; currency: string; debit: string; credit: string; balanced: boolean }[]
  >(nation, 'funds', 'GET', '/ledger/checks');
  return {
    period: month,
    settlements,
    payments: payments
      .map(({ institutionCode, declared, deducted, paid }) => ({
        institution: institutionKeyOf(institutionCode),
        declared,
        deducted,
        paid,
      }))
      .sort((a, b) => (a.institution < b.institution ? -1 : 1)),
    clearing: {
      pairs: tables.pairs.map(({ payer, payee, employees, residents, deducted, payable }) => ({
        payer,
        payee,
        employees,
        residents,
        deducted,
        payable,
      })),
      total: tables.total,
    },
    hunan: { ...plainNetting(netting), note: nettingNote },
    usage: usage.map(({ payee, cleared, prepayment, percent, level }) => ({
      payee,
      cleared,
      prepayment,
      percent,
      level,
    })),
    dates: await readDates(doors),
    messages: await countMessages(doors),
    matters: await doors.call<Matter[]>(nation, 'collaboration', 'GET', '/matters'),
    invariants: [
      ...tables.checks,
      ...moneyInvariants(settlements, payments, tables),
      ...checks.map(({ day, currency, debit, credit, balanced }) => ({
        id: `ledger-${day}`,
        text: `总账 ${day} ${currency} 借贷平衡`,
        left: debit,
        right: credit,
        holds: balanced,
      })),
    ],
  };
}

const order = (id: string): number => Number(id.replace(/\D/g, '')) + (id.endsWith('R') ? 0.5 : 0);

const plainNetting = (netting: Netting): Netting => {
  const line = ({ area, home, treatment, net }: Netting['intraProvinceEmployees'][number]) => ({
    area,
    home,
    treatment,
    net,
  });
  return {
    crossProvinceEmployees: netting.crossProvinceEmployees.map(line),
    crossProvinceResidentsFromProvincialCollection: netting.crossProvinceResidentsFromProvincialCollection.map(
      ({ area, amount }) => ({ area, amount }),
    ),
    intraProvinceEmployees: netting.intraProvinceEmployees.map(line),
    intraProvinceResidents: netting.intraProvinceResidents.map(line),
  };
};

function moneyInvariants(
  settlements: readonly SettlementReport[],
  payments: readonly Payment[],
  tables: Tables,
): Invariant[] {
  const yuan = (amounts: readonly string[]): string => formatYuan(sum(amounts.map(parseYuan)));
  const equal = (id: string, text: string, left: string, right: string): Invariant => ({
    id,
    text,
    left,
    right,
    holds: left === right,
  });
  const ofMonth = settlements.filter(({ settledOn }) => monthOf(settledOn) === month);
  const crossProvince = ofMonth.filter(({ home, treatment }) => home.slice(0, 2) !== treatment.slice(0, 2));
  const insurers = (list: readonly SettlementReport[]): string =>
    yuan(list.flatMap(({ fund, personalAccount }) => [fund, personalAccount]));
  return [
    ...ofMonth.flatMap((one) => [
      equal(
        `scope-${one.id}`,
        '总费用 = 自费 + 超限价 + 先行自付 + 范围内',
        one.total,
        yuan([one.ownExpense, one.overLimit, one.firstPay, one.inScope]),
      ),
      equal(
        `payers-${one.id}`,
        '总费用 = 基金 + 个人账户 + 现金 + 医院',
        one.total,
        yuan([one.fund, one.personalAccount, one.cash, one.hospital]),
      ),
    ]),
    equal(
      'declared',
      '机构申报 = 结算的基金与个人账户',
      yuan(payments.map(({ declared }) => declared)),
      insurers(ofMonth),
    ),
    equal(
      'cleared',
      '跨省应付 + 扣款 = 跨省结算的基金与个人账户',
      yuan(tables.pairs.flatMap(({ payable, deducted }) => [payable, deducted])),
      insurers(crossProvince),
    ),
  ];
}

async function countMessages(doors: Doors): Promise<MonthReport['messages']> {
  const counts: Record<string, { published: number; consumed: number; deadLettered: number }> = {};
  const flows: Flow[] = await Promise.all(services.map((service) => doors.flow(service)));
  for (const flow of flows) {
    for (const kind of ['published', 'consumed', 'deadLettered'] as const) {
      for (const [topic, count] of Object.entries(flow[kind])) {
        const line = (counts[topic] ??= { published: 0, consumed: 0, deadLettered: 0 });
        line[kind] += count;
      }
    }
  }
  return counts;
}
