import type { InstitutionKey, ItemKey, PersonFact } from '../demo/world.js';
import { fictitiousPerson } from '../demo/world.js';

/** The visit that shows what somebody stands for. */
export interface ShownVisit {
  readonly institution: InstitutionKey;
  readonly kind: 'inpatient' | 'outpatient';
  readonly medType: string;
  readonly useAccount: boolean;
  readonly lines: readonly { readonly item: ItemKey; readonly price: string; readonly quantity: number }[];
}

/** What a hospital hears about somebody: the transaction in which it shows, its code, and the amounts where it is a settlement. */
export interface ShownOutcome {
  readonly infno: '1101' | '2001' | '2201' | '2401' | '2207' | '2304';
  readonly infcode: 0 | -2;
  /** The code in brackets at the head of err_msg; null where it succeeds. */
  readonly code: string | null;
  /** Fields of `setlinfo` after a first settlement, yuan; the reckoning stands in `why`. */
  readonly setlinfo?: Readonly<Record<string, number>>;
  readonly why: string;
}

export interface SimulatedPerson extends PersonFact {
  readonly standsFor: string;
  readonly visit: ShownVisit;
  readonly expected: ShownOutcome;
}

const person = (
  sequence: number,
  facts: Pick<PersonFact, 'name' | 'home'> & Partial<Pick<PersonFact, 'scheme' | 'category' | 'account'>>,
  standsFor: string,
  visit: Pick<ShownVisit, 'institution' | 'kind'> & Partial<ShownVisit>,
  expected: ShownOutcome,
): SimulatedPerson => {
  const { name, home, scheme = '310', category = 'working', account = '0.00' } = facts;
  const inpatient = visit.kind === 'inpatient';
  return {
    ...fictitiousPerson(sequence, name, '1', '1980-05-06', home, scheme, category, account),
    standsFor,
    visit: { medType: inpatient ? '21' : '11', useAccount: false, lines: inpatient ? stay : aspirin, ...visit },
    expected,
  };
};

/** 深圳: its home side is in another deployment, which cannot be reached. */
export const silentHome = '440300';

const aspirin = [{ item: 'drug-a', price: '300.00', quantity: 1 }] as const;
const stay = [{ item: 'drug-a', price: '3000.00', quantity: 1 }] as const;
const refused = (infno: ShownOutcome['infno'], code: string, why: string): ShownOutcome => ({
  ...{ infno, infcode: -2, code, why },
});

/**
 * 模拟世界的参保人: each stands for one situation that a hospital system must be able to deal with. Amounts are reckoned by
 * hand from Hunan's published rule (working people: 60 % of outpatient bills above 100 per visit in a level-3 hospital, the
 * fund at most 1 500 a year; stays in a level-2 hospital 90 % above 800, in a level-3 hospital 85 % above 1 100; residents
 * there 65 % above 1 200; 5 points less after a referral or in an emergency).
 */
export const simulatedPeople = {
  longTerm: person(
    101,
    { name: '甲常住', home: '430100', account: '800.00' },
    '长期居住备案到北京，跨省门诊，个人账户支付个人负担',
    {
      ...{ institution: 'H-BJ3', kind: 'outpatient', useAccount: true },
      lines: [
        { item: 'consultation', price: '60.00', quantity: 1 },
        { item: 'drug-a', price: '132.52', quantity: 1 },
        { item: 'drug-b', price: '231.77', quantity: 1 },
      ],
    },
    {
      ...{ infno: '2207', infcode: 0, code: null },
      setlinfo: {
        ...{ medfee_sumamt: 424.29, preselfpay_amt: 23.18, inscp_scp_amt: 401.11, act_pay_dedc: 100 },
        ...{ fund_pay_sumamt: 180.67, acct_pay: 243.62, psn_cash_pay: 0, balc: 556.38 },
      },
      why: '乙类药 231.77 先行自付 10% 为 23.18；(401.11 − 起付线 100) × 60% = 180.67；其余 243.62 由个人账户支付',
    },
  ),
  accountShort: person(
    102,
    { name: '乙余额', home: '430100', account: '50.00' },
    '个人账户余额 50 元，不足以支付个人负担',
    { institution: 'H-BJ3', kind: 'outpatient', useAccount: true },
    {
      ...{ infno: '2207', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 300, fund_pay_sumamt: 120, acct_pay: 50, psn_cash_pay: 130, balc: 0 },
      why: '(300 − 100) × 60% = 120；账户付尽 50，其余 130 现金',
    },
  ),
  nearCap: person(
    103,
    { name: '丙近顶', home: '430100' },
    '普通门诊年度限额 1500 元已用 1450 元，只剩 50 元',
    { institution: 'H-BJ3', kind: 'outpatient' },
    {
      ...{ infno: '2207', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 300, act_pay_dedc: 100, fund_pay_sumamt: 50, acct_pay: 0, psn_cash_pay: 250 },
      why: '(300 − 100) × 60% = 120，年度限额只剩 50',
    },
  ),
  referred: person(
    104,
    { name: '丁转诊', home: '430300', scheme: '390', category: 'resident' },
    '转诊备案到上海，跨省住院（居民医保）',
    { institution: 'H-SH3', kind: 'inpatient' },
    {
      ...{ infno: '2304', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 3000, act_pay_dedc: 1200, fund_pay_sumamt: 1080, psn_cash_pay: 1920 },
      why: '(3000 − 1200) × (65% − 转诊 5 个百分点) = 1080',
    },
  ),
  emergency: person(
    105,
    { name: '戊急诊', home: '430100' },
    '未备案，急诊抢救住院（med_type 24），视同已备案',
    { institution: 'H-GZ3', kind: 'inpatient', medType: '24' },
    {
      ...{ infno: '2304', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 3000, act_pay_dedc: 1100, fund_pay_sumamt: 1520, psn_cash_pay: 1480 },
      why: '(3000 − 1100) × (85% − 急诊 5 个百分点) = 1520',
    },
  ),
  ownProvince: person(
    106,
    { name: '己省内', home: '430100' },
    '参保地与医院同省（长沙参保，株洲住院），省内异地，无需备案',
    { institution: 'H-ZZ2', kind: 'inpatient' },
    {
      ...{ infno: '2304', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 3000, act_pay_dedc: 800, fund_pay_sumamt: 1980, psn_cash_pay: 1020 },
      why: '(3000 − 800) × 90% = 1980',
    },
  ),
  unfiled: person(
    107,
    { name: '庚未备', home: '430100' },
    '没有备案，跨省住院登记被拒，提示出院前补办',
    { institution: 'H-BJ3', kind: 'inpatient' },
    refused('2401', 'NOT_FILED', '跨省住院须备案；门诊不需备案，可直接结算'),
  ),
  expired: person(
    108,
    { name: '辛过期', home: '430600' },
    '临时外出备案到武汉，已过有效期',
    { institution: 'H-WH2', kind: 'inpatient' },
    refused('2401', 'NOT_FILED', '临时备案有效期六个月，七个月前备案，已过期'),
  ),
  suspended: person(
    109,
    { name: '壬停保', home: '430100' },
    '参保暂停，1101 返回 psn_insu_stas 2，挂号被拒',
    { institution: 'H-BJ3', kind: 'outpatient' },
    refused('2201', 'NOT_INSURED_IN_SCHEME', '暂停参保期间没有待遇'),
  ),
  chronic: person(
    110,
    { name: '癸慢病', home: '430100', scheme: '390', category: 'resident' },
    '有高血压（M03900）门诊慢特病资格，2001 按 med_type 14 检查可见',
    { institution: 'H-BJ3', kind: 'outpatient', medType: '14' },
    { infno: '2001', infcode: 0, code: null, why: '第三项检查（慢特病资格）通过' },
  ),
  homeDown: person(
    111,
    { name: '丑失联', home: silentHome },
    '参保地系统不通（home side down）：登记与上传费用照常，结算时得不到参保地应答',
    { institution: 'H-BJ3', kind: 'outpatient' },
    refused('2207', 'KEPT_FOR_REIMBURSEMENT', '没有结算；账单已留存，稍后再试，或全额垫付后由参保地手工报销'),
  ),
  conformance: person(
    112,
    { name: '子自检', home: '430100', account: '1000.00' },
    '接入自检（npm run conformance）使用：长期居住备案到北京，门诊与住院',
    { institution: 'H-BJ3', kind: 'outpatient' },
    {
      ...{ infno: '2207', infcode: 0, code: null },
      setlinfo: { medfee_sumamt: 300, act_pay_dedc: 100, fund_pay_sumamt: 120, psn_cash_pay: 180 },
      why: '(300 − 100) × 60% = 120',
    },
  ),
} as const satisfies Record<string, SimulatedPerson>;

export type SimulatedKey = keyof typeof simulatedPeople;

/** 查无此人: a number that looks right and that no area has. */
export const nobody: SimulatedPerson = person(
  199,
  { name: '无此人', home: '430100' },
  '任何地区都没有登记的人',
  { institution: 'H-BJ3', kind: 'outpatient' },
  refused('1101', 'PERSON_UNKNOWN', '没有任何参保登记'),
);

/** 已用额度 of nearCap: two bills in Guangzhou, (2000 − 100) × 60 % = 1140 and (616.67 − 100) × 60 % = 310.00. */
export const nearCapBills = ['2000.00', '616.67'] as const;
