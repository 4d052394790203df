import { shanghaiDateTime } from '#shared/clock';
import { formatYuan, ratio as exactRatio } from '#shared/money';
import type { Fen } from '#shared/money';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import { explainLine } from '../../benefit/explain-text.js';
import { fundColumns, fundTypeName } from '../../settlement/fund-columns.js';
import type { FundColumn } from '../../settlement/fund-columns.js';
import { fundTotal } from '../../settlement/settlement.js';
import type { Settlement } from '../../settlement/settlement.js';
import type { SeenPerson } from '../caller/caller.repository.js';
import { civilServant, personNodes, personTypeIn } from './person-nodes.js';

type Trial = AnswerFrom<FormOf<'2206'>>;
type Settled = AnswerFrom<FormOf<'2207'>>;
type Refunded = AnswerFrom<FormOf<'2208'>>;
type Detail = Settled['setldetail'][number];

/** Amounts travel as JSON numbers with two decimals; fen up to 10^15 survive the way. */
export const yuan = (amount: Fen): number => Number(formatYuan(amount));

export const clearingTypeOf = (setting: Settlement['setting']): '11' | '21' => (setting === 'outpatient' ? '11' : '21');

/** 按项目: no other payment method is asked of institutions here. */
const clearingWay = '1';

export const fundNodes = ({ funds }: Pick<Settlement, 'funds'>): Record<FundColumn, number> => {
  const columns = fundColumns(funds);
  return {
    hifp_pay: yuan(columns.hifp_pay),
    hifob_pay: yuan(columns.hifob_pay),
    hifes_pay: yuan(columns.hifes_pay),
    cvlserv_pay: yuan(columns.cvlserv_pay),
    hifdm_pay: yuan(columns.hifdm_pay),
    hifmi_pay: yuan(columns.hifmi_pay),
    maf_pay: yuan(columns.maf_pay),
    oth_pay: yuan(columns.oth_pay),
  };
};

export const scopeNodes = (one: Settlement) => ({
  fulamt_ownpay_amt: yuan(one.ownExpenseFen),
  overlmt_selfpay: yuan(one.overLimitFen),
  preselfpay_amt: yuan(one.firstPayFen),
  inscp_scp_amt: yuan(one.inScopeFen),
});

const amounts = (one: Settlement) => ({
  medfee_sumamt: yuan(one.totalFen),
  ...scopeNodes(one),
  act_pay_dedc: yuan(one.deductibleFen),
  pool_prop_selfpay: ratioNode(one),
  ...fundNodes(one),
  hosp_part_amt: yuan(one.hospitalFen),
  fund_pay_sumamt: yuan(fundTotal(one)),
  psn_part_amt: yuan(one.personalAccountFen + one.cashFen),
  acct_pay: yuan(one.personalAccountFen),
  psn_cash_pay: yuan(one.cashFen),
  balc: yuan(one.accountBalanceAfterFen),
  acct_mulaid_pay: 0,
});

/** 支付比例 with four decimals, as the field has them. */
export const ratioNode = ({ ratio }: Pick<Settlement, 'ratio'>): number =>
  exactRatio(ratio).toDecimalPlaces(4).toNumber();

const longestExplanation = 4000;
const accountCode = '310200';
const hospitalCode = '999996';

/** 基金分项: the funds, then the account and the hospital's share where they pay, as the interface lists them. */
export function detailNodes(one: Settlement, explanation: string | null): Detail[] {
  const rest = [
    { fundType: accountCode, name: '个人账户', amountFen: one.personalAccountFen },
    { fundType: hospitalCode, name: '医院负担', amountFen: one.hospitalFen },
  ].filter(({ amountFen }) => amountFen !== 0n);
  return [
    ...one.funds.map(({ fundType, amountFen }) => ({
      fund_pay_type: fundType,
      inscp_scp_amt: yuan(one.inScopeFen),
      crt_payb_lmt_amt: yuan(amountFen),
      fund_payamt: yuan(amountFen),
      fund_pay_type_name: fundTypeName(fundType),
      setl_proc_info: explanation?.slice(0, longestExplanation) ?? null,
    })),
    ...rest.map(({ fundType, name, amountFen }) => ({
      fund_pay_type: fundType,
      inscp_scp_amt: 0,
      crt_payb_lmt_amt: yuan(amountFen),
      fund_payamt: yuan(amountFen),
      fund_pay_type_name: name,
      setl_proc_info: null,
    })),
  ];
}

const head = (one: Settlement, person: SeenPerson, certificateType: string | null) => ({
  mdtrt_id: one.visitId,
  ...personNodes(person, person.maskedCertificate, one.settledOn),
  insutype: one.scheme,
  psn_type: personTypeIn(person, one.scheme),
  cvlserv_flag: civilServant(person, one.scheme),
  mdtrt_cert_type: certificateType,
  med_type: one.medType,
  ...amounts(one),
  medins_setl_id: one.msgid,
  clr_type: clearingTypeOf(one.setting),
});

const explained = (one: Settlement): string => one.explanation.map(explainLine).join('；');

/** 预结算结果: no settlement id, no time, nobody who clears it yet. */
export const trialNodes = (one: Settlement, person: SeenPerson, certificateType: string | null): Trial => ({
  setlinfo: { ...head(one, person, certificateType), setl_time: null, clr_optins: null, clr_way: null },
  setldetail: detailNodes(one, explained(one)),
});

/** 结算结果. */
export const settlementNodes = (one: Settlement, person: SeenPerson, certificateType: string | null): Settled => ({
  setlinfo: {
    setl_id: one.settlementId,
    ...head(one, person, certificateType),
    setl_time: shanghaiDateTime(one.settledAt),
    clr_optins: one.treatmentArea,
    clr_way: clearingWay,
  },
  setldetail: detailNodes(one, explained(one)),
});

/** 结算撤销结果: every amount negated, the ratio and the balance not; both spellings of the cash field that are in use. */
export const refundNodes = (one: Settlement, namedId: string): Refunded => ({
  setlinfo: {
    mdtrt_id: one.visitId,
    setl_id: one.settlementId,
    init_setl_id: namedId,
    setl_time: shanghaiDateTime(one.settledAt),
    ...amounts(one),
    pdn_cash_pay: yuan(one.cashFen),
    medins_setl_id: one.msgid,
    clr_optins: one.treatmentArea,
    refd_setl_flag: '1',
  },
  setldetail: detailNodes(one, '退费'),
});
