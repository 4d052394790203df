import type { FormOf, Infno, SentTo } from '../national-interface/index.js';
import { formatYuan, multiply, parseYuan, ratio, sum } from '../money/index.js';
import type { Fen } from '../money/index.js';

/** 就诊人, as the hospital read the certificate and 1101 answered. */
export interface TreatedPerson {
  readonly personNo: string;
  readonly name: string;
  readonly identityNumber: string;
  readonly scheme: string;
}

export interface ChargedLine {
  /** 医疗目录编码 in the national form. */
  readonly code: string;
  /** The hospital's own code of the item. */
  readonly ownCode: string;
  /** 单价, yuan with two decimals. */
  readonly price: string;
  readonly quantity: number;
}

/** 一次就诊 as the hospital knows it: who, what was done, what it cost. */
export interface TreatedVisit {
  /** Unique in the hospital; numbers of the visit, its lines, its batch and its invoice are made of it. */
  readonly id: string;
  readonly person: TreatedPerson;
  readonly kind: 'inpatient' | 'outpatient';
  readonly medType: string;
  /** Days, yyyy-MM-dd. */
  readonly admittedOn: string;
  readonly settledOn: string;
  readonly useAccount: boolean;
  readonly lines: readonly ChargedLine[];
}

type Input<I extends Infno> = SentTo<FormOf<I>>;

const amountOf = ({ price, quantity }: ChargedLine): Fen =>
  multiply(parseYuan(price), ratio(String(quantity)), 'half-up');

/** 医疗费总额 of a visit. */
export const totalOf = ({ lines }: TreatedVisit): Fen => sum(lines.map(amountOf));

const doctor = { dise_dor_no: 'D1', dise_dor_name: '医师甲' } as const;
const appendicitis = {
  diag_type: '1',
  maindiag_flag: '1',
  diag_srt_no: '1',
  diag_code: 'K35.900',
  diag_name: '急性阑尾炎',
  diag_dept: 'A04',
  ...doctor,
} as const;
const begun = ({ admittedOn }: TreatedVisit): string => `${admittedOn} 00:05:00`;
const identityCard = '02';

/** 1101 人员信息获取 by the identity card. */
export const identityQuestion = ({
  identityNumber,
  name,
}: Pick<TreatedPerson, 'identityNumber' | 'name'>): Input<'1101'> => ({
  data: {
    mdtrt_cert_type: identityCard,
    mdtrt_cert_no: identityNumber,
    psn_cert_type: '01',
    certno: identityNumber,
    psn_name: name,
  },
});

/** 2401 入院办理. */
export function admission(visit: TreatedVisit): Input<'2401'> {
  const { person, id, medType } = visit;
  return {
    mdtrtinfo: {
      psn_no: person.personNo,
      insutype: person.scheme,
      begntime: begun(visit),
      mdtrt_cert_type: identityCard,
      mdtrt_cert_no: person.identityNumber,
      med_type: medType,
      ipt_no: `ZY${id}`,
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
    diseinfo: [{ ...appendicitis, psn_no: person.personNo, diag_time: begun(visit) }],
  };
}

/** 2201 门诊挂号. */
export function registration(visit: TreatedVisit): Input<'2201'> {
  const { person, id } = visit;
  return {
    data: {
      psn_no: person.personNo,
      insutype: person.scheme,
      begntime: begun(visit),
      mdtrt_cert_type: identityCard,
      mdtrt_cert_no: person.identityNumber,
      ipt_otp_no: `MZ${id}`,
      atddr_no: 'D1',
      dr_name: '医师甲',
      dept_code: 'A03',
      dept_name: '内科',
      caty: 'A03',
    },
  };
}

/** 2203A 门诊就诊信息上传. */
export function outpatientVisit(visit: TreatedVisit, visitId: string): Input<'2203'> {
  const { person, medType } = visit;
  return {
    mdtrtinfo: { mdtrt_id: visitId, psn_no: person.personNo, med_type: medType, begntime: begun(visit) },
    diseinfo: [
      {
        diag_type: '1',
        diag_srt_no: '1',
        diag_code: 'J06.900',
        diag_name: '急性上呼吸道感染',
        diag_dept: 'A03',
        ...doctor,
        diag_time: begun(visit),
        vali_flag: '1',
      },
    ],
  };
}

/** The rows of 2204 and 2301 费用明细上传; each transaction leaves unread what only the other one has. */
export function chargedRows(visit: TreatedVisit, visitId: string): Input<'2204'>['feedetail'] {
  const { person, id, kind, medType, settledOn } = visit;
  return visit.lines.map((line, index) => ({
    mdtrt_id: visitId,
    psn_no: person.personNo,
    fee_ocur_time: `${settledOn} 00:10:00`,
    bilg_dept_codg: 'A04',
    bilg_dept_name: '普通外科',
    bilg_dr_codg: 'D1',
    bilg_dr_name: '医师甲',
    hosp_appr_flag: '1',
    feedetl_sn: `${id}-${index + 1}`,
    chrg_bchno: `P${id}`,
    ...(kind === 'outpatient' ? { rx_circ_flag: '0' as const } : { med_type: medType }),
    med_list_codg: line.code,
    medins_list_codg: line.ownCode,
    det_item_fee_sumamt: formatYuan(amountOf(line)),
    cnt: String(line.quantity),
    pric: line.price,
  }));
}

/** 2402 出院办理. */
export function discharge({ person, settledOn }: TreatedVisit, visitId: string): Input<'2402'> {
  const visitOf = { mdtrt_id: visitId, psn_no: person.personNo };
  return {
    dscginfo: {
      ...visitOf,
      insutype: person.scheme,
      endtime: `${settledOn} 00:15:00`,
      dscg_dept_codg: 'A04',
      dscg_dept_name: '普通外科',
      dscg_way: '1',
    },
    diseinfo: [{ ...appendicitis, ...visitOf, diag_time: `${settledOn} 00:15:00` }],
  };
}

const askedFor = (visit: TreatedVisit, visitId: string) => ({
  psn_no: visit.person.personNo,
  mdtrt_cert_type: identityCard,
  mdtrt_cert_no: visit.person.identityNumber,
  medfee_sumamt: formatYuan(totalOf(visit)),
  psn_setlway: '01',
  mdtrt_id: visitId,
  acct_used_flag: visit.useAccount ? ('1' as const) : ('0' as const),
  insutype: visit.person.scheme,
  invono: `FP${visit.id}`,
});

/** 2206 and 2207: the trial asks for the same as the settlement. */
export const outpatientSettlement = (visit: TreatedVisit, visitId: string): Input<'2207'> => ({
  data: { ...askedFor(visit, visitId), med_type: visit.medType, chrg_bchno: `P${visit.id}` },
});

/** 2303 and 2304. */
export const inpatientSettlement = (visit: TreatedVisit, visitId: string): Input<'2304'> => ({
  data: { ...askedFor(visit, visitId), mid_setl_flag: '0' },
});

/** 2208 and 2305 结算撤销. */
export const refundOf = (visit: TreatedVisit, visitId: string, settlementId: string): Input<'2208'> => ({
  data: { setl_id: settlementId, mdtrt_id: visitId, psn_no: visit.person.personNo },
});
