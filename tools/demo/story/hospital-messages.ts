import { formatYuan, multiply, parseYuan, ratio, sum } from '#shared/money';
import type { Json } from '../doors.js';
import type { InstitutionFact, PersonFact } from '../world.js';
import { institutions, items, persons } from '../world.js';
import type { VisitFact } from './visits.js';

/** Where and whose a visit is, and the area that the hospital names as the home. */
export function partiesOf(fact: VisitFact): {
  institution: InstitutionFact;
  person: PersonFact;
  home: { home: string };
} {
  const person = persons[fact.person];
  return { institution: institutions[fact.institution], person, home: { home: person.home } };
}

const amountOf = (price: string, quantity: number): bigint =>
  multiply(parseYuan(price), ratio(String(quantity)), 'half-up');

const totalOf = (fact: VisitFact): string =>
  formatYuan(sum(fact.lines.map(({ price, quantity }) => amountOf(price, quantity))));

const appendicitis = {
  diag_type: '1',
  maindiag_flag: '1',
  diag_srt_no: '1',
  diag_code: 'K35.900',
  diag_name: '急性阑尾炎',
  diag_dept: 'A04',
  dise_dor_no: 'D1',
  dise_dor_name: '医师甲',
};

/** 1101 人员信息获取. */
export const identityInput = ({ identityNumber, name }: PersonFact): Json => ({
  data: {
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identityNumber,
    psn_cert_type: '01',
    certno: identityNumber,
    psn_name: name,
  },
});

/** 2401 入院办理. */
export function admissionInput(fact: VisitFact): Json {
  const { person } = partiesOf(fact);
  const at = `${fact.admittedOn} 09:00:00`;
  return {
    mdtrtinfo: {
      psn_no: person.personNo,
      insutype: person.scheme,
      begntime: at,
      mdtrt_cert_type: '02',
      mdtrt_cert_no: person.identityNumber,
      med_type: fact.medType,
      ipt_no: `ZY${fact.id}`,
      atddr_no: 'D1',
      chfpdr_name: '医师甲',
      adm_diag_dscr: '急性阑尾炎',
      adm_dept_codg: 'A04',
      adm_dept_name: '普通外科',
      adm_bed: '01',
      dscg_maindiag_code: 'K35.900',
      dscg_maindiag_name: '急性阑尾炎',
      trum_flag: '0',
      rel_ttp_flag: '0',
    },
    diseinfo: [{ ...appendicitis, psn_no: person.personNo, diag_time: at }],
  };
}

const begun = (fact: VisitFact): string => `${fact.admittedOn} 10:05:00`;

/** 2201 门诊挂号. */
export function registrationInput(fact: VisitFact): Json {
  const { person } = partiesOf(fact);
  return {
    data: {
      psn_no: person.personNo,
      insutype: person.scheme,
      begntime: begun(fact),
      mdtrt_cert_type: '02',
      mdtrt_cert_no: person.identityNumber,
      ipt_otp_no: `MZ${fact.id}`,
      atddr_no: 'D1',
      dr_name: '医师甲',
      dept_code: 'A03',
      dept_name: '内科',
      caty: 'A03',
    },
  };
}

/** 2203A 门诊就诊信息上传. */
export function outpatientVisitInput(fact: VisitFact, visitId: string): Json {
  const { person } = partiesOf(fact);
  return {
    mdtrtinfo: { mdtrt_id: visitId, psn_no: person.personNo, med_type: fact.medType, begntime: begun(fact) },
    diseinfo: [
      {
        diag_type: '1',
        diag_srt_no: '1',
        diag_code: 'J06.900',
        diag_name: '急性上呼吸道感染',
        diag_dept: 'A03',
        dise_dor_no: 'D1',
        dise_dor_name: '医师甲',
        diag_time: begun(fact),
        vali_flag: '1',
      },
    ],
  };
}

/** The rows of 2204 and 2301 费用明细上传. */
export function feeLines(fact: VisitFact, visitId: string): Json[] {
  const { person } = partiesOf(fact);
  return fact.lines.map(({ item, price, quantity }, index) => ({
    mdtrt_id: visitId,
    psn_no: person.personNo,
    fee_ocur_time: `${fact.settledOn} 10:10:00`,
    bilg_dept_codg: 'A04',
    bilg_dept_name: '普通外科',
    bilg_dr_codg: 'D1',
    bilg_dr_name: '医师甲',
    hosp_appr_flag: '1',
    feedetl_sn: `${fact.id}-${index + 1}`,
    ...(fact.kind === 'outpatient' ? { chrg_bchno: `P${fact.id}`, rx_circ_flag: '0' } : { med_type: fact.medType }),
    med_list_codg: items[item].code,
    medins_list_codg: item,
    det_item_fee_sumamt: formatYuan(amountOf(price, quantity)),
    cnt: String(quantity),
    pric: price,
  }));
}

/** 2402 出院办理. */
export function dischargeInput(fact: VisitFact, visitId: string): Json {
  const { person } = partiesOf(fact);
  return {
    dscginfo: {
      mdtrt_id: visitId,
      psn_no: person.personNo,
      insutype: person.scheme,
      endtime: `${fact.settledOn} 09:30:00`,
      dscg_dept_codg: 'A04',
      dscg_dept_name: '普通外科',
      dscg_way: '1',
    },
    diseinfo: [
      { ...appendicitis, mdtrt_id: visitId, psn_no: person.personNo, diag_time: `${fact.settledOn} 09:00:00` },
    ],
  };
}

/** 2206 2207 and 2303 2304: trial and settlement ask for the same. */
export function settlementInput(fact: VisitFact, visitId: string): { data: Json } {
  const { person } = partiesOf(fact);
  return {
    data: {
      psn_no: person.personNo,
      mdtrt_cert_type: '02',
      mdtrt_cert_no: person.identityNumber,
      medfee_sumamt: totalOf(fact),
      psn_setlway: '01',
      mdtrt_id: visitId,
      acct_used_flag: fact.useAccount ? '1' : '0',
      insutype: person.scheme,
      invono: `FP${fact.id}`,
      ...(fact.kind === 'outpatient' ? { med_type: fact.medType, chrg_bchno: `P${fact.id}` } : { mid_setl_flag: '0' }),
    },
  };
}

/** 2208 and 2305 结算撤销. */
export const refundInput = (fact: VisitFact, visitId: string, settlementId: string): Json => ({
  data: { setl_id: settlementId, mdtrt_id: visitId, psn_no: partiesOf(fact).person.personNo },
});
