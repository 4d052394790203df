import { daysBetween } from '#shared/clock';
import type { Day } from '#shared/clock';
import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { codeTables } from '#shared/national-interface';
import { sexNames } from '#shared/papers';
import { areaName, provinceFullName, sameProvince } from '#shared/regions';
import { kept } from '../gateway/answers/details.js';
import { wholeYears } from '../home/bill-facts.js';
import { fundTypeName } from '../settlement/fund-columns.js';
import type { Settlement } from '../settlement/settlement.js';
import type { PaperFacts } from './paper-facts.js';

/** 结算单 (A13): what stands in its cells. The personal account is a fund here, what the patient pays is cash alone. */
export interface SettlementSlip {
  readonly title: string;
  readonly settlementId: string;
  readonly setting: Settlement['setting'];
  readonly settledOn: Day;
  readonly patient: string;
  readonly sex: string;
  readonly age: number;
  readonly socialSecurityNo: string;
  readonly homeArea: string;
  readonly scheme: string;
  readonly treatmentArea: string;
  readonly hospital: string;
  readonly hospitalLevel: string;
  readonly admissionWay: string;
  readonly hospitalNo: string;
  readonly department: string;
  readonly mainDiagnosis: string;
  readonly otherDiagnoses: string;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly days: number;
  readonly totalFen: Fen;
  readonly inScopeFen: Fen;
  readonly firstPayFen: Fen;
  readonly overLimitFen: Fen;
  readonly ownExpenseFen: Fen;
  readonly fundTotalFen: Fen;
  readonly cashFen: Fen;
  readonly deductibleFen: Fen;
  /** By the names that the home area gives its funds. */
  readonly funds: readonly { readonly name: string; readonly amountFen: Fen }[];
  readonly hospitalFen: Fen;
}

const levelNames: Readonly<Record<string, string>> = {
  L0: '基层',
  L1: '一级',
  L2: '二级',
  L3: '三级',
  L3P: '三级（省部属）',
};

export function settlementSlip(
  one: Settlement,
  { visit, person, maskedCertificate, institution }: PaperFacts,
): SettlementSlip {
  const funds = [
    ...one.funds.map(({ fundType, amountFen }) => ({ name: fundTypeName(fundType) || `基金 ${fundType}`, amountFen })),
    ...(one.personalAccountFen === 0n ? [] : [{ name: '个人账户', amountFen: one.personalAccountFen }]),
  ];
  const dischargedOn = visit.dischargedOn ?? one.settledOn;
  const atDischarge = visit.diagnoses.filter(({ inout }) => inout === '2');
  const diagnoses = atDischarge.length > 0 ? atDischarge : visit.diagnoses;
  const main = diagnoses.find((diagnosis) => diagnosis.main);
  return {
    title: titleOf(one),
    settlementId: one.settlementId,
    setting: one.setting,
    settledOn: one.settledOn,
    patient: person.name,
    sex: sexNames[person.sex] ?? '',
    age: wholeYears(person.birthDate, one.settledOn),
    socialSecurityNo: maskedCertificate,
    homeArea: areaName(one.homeArea),
    scheme: codeTables['insutype']?.[one.scheme] ?? one.scheme,
    treatmentArea: areaName(one.treatmentArea),
    hospital: institution.name,
    hospitalLevel: levelNames[institution.level] ?? '',
    admissionWay: visit.emergency ? '急诊' : (codeTables['med_type']?.[one.medType] ?? ''),
    hospitalNo: visit.hospitalNo,
    department:
      kept(visit.details, 'dscg_dept_name') ??
      kept(visit.details, 'adm_dept_name') ??
      kept(visit.details, 'dept_name') ??
      '',
    mainDiagnosis: main?.name ?? kept(visit.details, 'dscg_maindiag_name') ?? '',
    otherDiagnoses: diagnoses
      .filter((diagnosis) => diagnosis !== main)
      .map(({ name }) => name)
      .join('、'),
    admittedOn: one.admittedOn,
    dischargedOn,
    days: Math.max(1, daysBetween(one.admittedOn, dischargedOn)),
    totalFen: one.totalFen,
    inScopeFen: one.inScopeFen,
    firstPayFen: one.firstPayFen,
    overLimitFen: one.overLimitFen,
    ownExpenseFen: one.ownExpenseFen,
    fundTotalFen: sum(funds.map(({ amountFen }) => amountFen)),
    cashFen: one.cashFen,
    deductibleFen: one.deductibleFen,
    funds,
    hospitalFen: one.hospitalFen,
  };
}

function titleOf({ treatmentArea, homeArea, setting, kind }: Settlement): string {
  const across = sameProvince(treatmentArea, homeArea) ? '' : '跨省';
  const how = setting === 'inpatient' ? '住院' : '门诊';
  return `${provinceFullName(treatmentArea)}${across}异地就医${how}结算单${kind === 'refund' ? '（退费）' : ''}`;
}

/** The same as JSON, amounts in yuan. */
export const slipView = ({ funds, ...slip }: SettlementSlip): object => ({
  ...Object.fromEntries(
    Object.entries(slip).map(([name, value]) =>
      typeof value === 'bigint' ? [name.replace(/Fen$/, ''), formatYuan(value)] : [name, value],
    ),
  ),
  funds: funds.map(({ name, amountFen }) => ({ name, amount: formatYuan(amountFen) })),
});
