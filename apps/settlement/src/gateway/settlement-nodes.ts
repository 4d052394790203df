import { daysBetween, shanghaiDateTime } from '#shared/clock';
import type { Day } from '#shared/clock';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import type { KnownPerson } from '../person/known-person.js';
import { explainLine } from '../benefit/explain-text.js';
import { fundColumns, fundTypeName } from '../settlement/fund-columns.js';
import { fundTotal } from '../settlement/settlement.js';
import type { Settlement } from '../settlement/settlement.js';
import type { Output } from './envelope.js';

/** Amounts travel as JSON numbers with two decimals; fen up to 10^15 survive the way. */
export const yuan = (amount: Fen): number => Number(formatYuan(amount));

export const clearingTypeOf = (setting: Settlement['setting']): '11' | '21' => (setting === 'outpatient' ? '11' : '21');

const ageOn = (birthDate: Day, on: Day): number => Math.floor(daysBetween(birthDate, on) / 365.2425);

const fundNodes = ({ funds }: Settlement): Record<string, number> =>
  Object.fromEntries(Object.entries(fundColumns(funds)).map(([column, amountFen]) => [column, yuan(amountFen)]));

/** 结算结果 (setlinfo, setldetail): a trial has no settlement id yet. The certificate number is masked. */
export function settlementNodes(
  one: Settlement,
  person: KnownPerson,
  form: { trial: boolean; maskedCertificate: string; certificateType: string },
): Output {
  const insurance = person.insurances.find(({ scheme }) => scheme === one.scheme);
  const fund = fundTotal(one);
  return {
    setlinfo: {
      mdtrt_id: one.visitId,
      ...(form.trial ? {} : { setl_id: one.settlementId }),
      psn_no: one.personNo,
      psn_name: person.name,
      psn_cert_type: person.certificateType,
      certno: form.maskedCertificate,
      gend: person.sex,
      naty: null,
      brdy: person.birthDate,
      age: ageOn(person.birthDate, one.settledOn),
      insutype: one.scheme,
      psn_type: insurance?.personType ?? '',
      cvlserv_flag: '0',
      setl_time: form.trial ? null : shanghaiDateTime(one.settledAt),
      mdtrt_cert_type: form.certificateType,
      med_type: one.medType,
      medfee_sumamt: yuan(one.totalFen),
      fulamt_ownpay_amt: yuan(one.ownExpenseFen),
      overlmt_selfpay: yuan(one.overLimitFen),
      preselfpay_amt: yuan(one.firstPayFen),
      inscp_scp_amt: yuan(one.inScopeFen),
      act_pay_dedc: yuan(one.deductibleFen),
      pool_prop_selfpay: Number(one.ratio),
      ...fundNodes(one),
      hosp_part_amt: yuan(one.hospitalFen),
      fund_pay_sumamt: yuan(fund),
      psn_part_amt: yuan(one.personalAccountFen + one.cashFen),
      acct_pay: yuan(one.personalAccountFen),
      psn_cash_pay: yuan(one.cashFen),
      balc: yuan(one.accountBalanceAfterFen),
      acct_mulaid_pay: 0,
      medins_setl_id: one.msgid,
      clr_optins: form.trial ? null : one.treatmentArea,
      clr_way: form.trial ? null : '1',
      clr_type: clearingTypeOf(one.setting),
    },
    setldetail: one.funds.map(({ fundType, amountFen }) => ({
      fund_pay_type: fundType,
      inscp_scp_amt: yuan(one.inScopeFen),
      crt_payb_lmt_amt: yuan(amountFen),
      fund_payamt: yuan(amountFen),
      fund_pay_type_name: fundTypeName(fundType),
      setl_proc_info: one.explanation.map(explainLine).join('；'),
    })),
  };
}

/** 结算撤销结果: every amount negated, the ratio and the balance not; both spellings of the cash field that are in use. */
export function refundNodes(one: Settlement): Output {
  const fund = fundTotal(one);
  return {
    setlinfo: {
      mdtrt_id: one.visitId,
      setl_id: one.settlementId,
      setl_time: shanghaiDateTime(one.settledAt),
      medfee_sumamt: yuan(one.totalFen),
      fulamt_ownpay_amt: yuan(one.ownExpenseFen),
      overlmt_selfpay: yuan(one.overLimitFen),
      preselfpay_amt: yuan(one.firstPayFen),
      inscp_scp_amt: yuan(one.inScopeFen),
      act_pay_dedc: yuan(one.deductibleFen),
      pool_prop_selfpay: Number(one.ratio),
      ...fundNodes(one),
      hosp_part_amt: yuan(one.hospitalFen),
      fund_pay_sumamt: yuan(fund),
      psn_part_amt: yuan(one.personalAccountFen + one.cashFen),
      acct_pay: yuan(one.personalAccountFen),
      psn_cash_pay: yuan(one.cashFen),
      pdn_cash_pay: yuan(one.cashFen),
      balc: yuan(one.accountBalanceAfterFen),
      acct_mulaid_pay: 0,
      medins_setl_id: one.msgid,
      clr_optins: one.treatmentArea,
      refd_setl_flag: '1',
      init_setl_id: one.refundOf,
    },
    setldetail: one.funds.map(({ fundType, amountFen }) => ({
      fund_pay_type: fundType,
      inscp_scp_amt: yuan(one.inScopeFen),
      crt_payb_lmt_amt: yuan(amountFen),
      fund_payamt: yuan(amountFen),
      fund_pay_type_name: fundTypeName(fundType),
      setl_proc_info: '退费',
    })),
  };
}
