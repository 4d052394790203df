import type { Json } from '../doors.js';

const person = '34019900000000000000012345';
const line = {
  ...{ init_feedetl_sn: '', mdtrt_id: '3201990000000000001', drord_no: 'YZ0001', psn_no: person, med_type: '21' },
  ...{
    fee_ocur_time: '2026-03-02 10:12:00',
    med_list_codg: 'XJ01DDT000A000000000000001',
    medins_list_codg: 'YP000123',
  },
  ...{ bilg_dept_codg: 'A04', bilg_dept_name: '普通外科', bilg_dr_codg: 'D320199000011', bilg_dr_name: '医师丙' },
  ...{ acord_dept_codg: '', orders_dr_code: '', hosp_appr_flag: '1', tcmdrug_used_way: '', etip_flag: '0', memo: '' },
};

/** Messages as hospital systems really send them, with invented people: what they leave empty is left empty. */
export const realSamples: readonly { infno: string; input: Json }[] = [
  {
    infno: '1101',
    input: {
      data: {
        ...{ mdtrt_cert_type: '03', mdtrt_cert_no: 'A99999999', card_sn: '999999D156000005000000000000FF' },
        ...{ begntime: '', psn_cert_type: '01', certno: '999999199001019999', psn_name: '测试甲' },
      },
    },
  },
  {
    infno: '2401',
    input: {
      mdtrtinfo: {
        ...{
          psn_no: person,
          insutype: '310',
          coner_name: '测试乙',
          tel: '13900000000',
          begntime: '2026-03-02 09:05:00',
        },
        ...{ mdtrt_cert_type: '03', mdtrt_cert_no: 'A99999999', cert_type: '01', certno: '999999199001019999' },
        ...{ med_type: '21', ipt_no: 'ZY2026060100017', medrcdno: 'B0099881', atddr_no: 'D320199000011' },
        ...{ chfpdr_name: '医师丙', adm_diag_dscr: '急性阑尾炎', adm_dept_codg: 'A04', adm_dept_name: '普通外科' },
        ...{ adm_bed: '0312', dscg_maindiag_code: 'K35.900', dscg_maindiag_name: '急性阑尾炎', main_cond_dscr: '' },
        ...{ dise_codg: '', oprn_oprt_code: '', fpsc_no: '', matn_type: '', latechb_flag: '', geso_val: '', fetts: '' },
        ...{ pret_flag: '', birctrl_matn_date: '', trum_flag: '0', rel_ttp_flag: '0', mdtrt_grp_type: '' },
      },
      diseinfo: [
        {
          ...{ psn_no: person, diag_type: '1', maindiag_flag: '1', diag_srt_no: '1', diag_code: 'K35.900' },
          ...{ diag_name: '急性阑尾炎', adm_cond: '', diag_dept: 'A04', dise_dor_no: 'D320199000011' },
          ...{ dise_dor_name: '医师丙', diag_time: '2026-03-02 09:00:00' },
        },
      ],
    },
  },
  {
    infno: '2301',
    input: {
      feedetail: [
        { ...line, feedetl_sn: 'F20260602000001', det_item_fee_sumamt: 240.0, cnt: 4.0, pric: 60.0 },
        { ...line, feedetl_sn: 'F20260602000002', det_item_fee_sumamt: 1350.0, cnt: 1.0, pric: 1350.0 },
      ],
    },
  },
  {
    infno: '2304A',
    input: {
      data: {
        ...{
          psn_no: person,
          mdtrt_cert_type: '03',
          mdtrt_cert_no: 'A99999999',
          medfee_sumamt: 12860.5,
          psn_setlway: '01',
        },
        ...{ mdtrt_id: '3201990000000000001', insutype: '310', acct_used_flag: '1', invono: '0000123456' },
        ...{ mid_setl_flag: '0', fulamt_ownpay_amt: 620.3, overlmt_selfpay: 45.2, preselfpay_amt: 895.0 },
        ...{ inscp_scp_amt: 11300.0, dscg_time: '2026-03-02', exp_content: '' },
      },
    },
  },
  {
    infno: '2207A',
    input: {
      data: {
        ...{ psn_no: person, mdtrt_cert_type: '01', mdtrt_cert_no: '<电子凭证令牌>', med_type: '11', insutype: '310' },
        ...{
          medfee_sumamt: '356.80',
          psn_setlway: '01',
          mdtrt_id: '3201990000000000002',
          chrg_bchno: 'P20260610000088',
        },
        ...{
          acct_used_flag: '1',
          invono: '',
          fulamt_ownpay_amt: '36.80',
          overlmt_selfpay: '0.00',
          preselfpay_amt: '20.00',
        },
        inscp_scp_amt: '300.00',
      },
    },
  },
  {
    infno: '2305A',
    input: {
      data: { mdtrt_id: '3201990000000000001', setl_id: '3201990000000000901', psn_no: person, exp_content: '' },
    },
  },
  {
    infno: '3201',
    input: {
      data: {
        ...{
          insutype: '310',
          clr_type: '11',
          setl_optins: '110000',
          stmt_begndate: '2026-03-01',
          stmt_enddate: '2026-03-31',
        },
        ...{
          medfee_sumamt: 356.8,
          fund_pay_sumamt: 180.0,
          acct_pay: 100.0,
          fixmedins_setl_cnt: 1,
          refd_setl_flag: '1',
        },
      },
    },
  },
];
