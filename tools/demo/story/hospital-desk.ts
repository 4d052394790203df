import { formatYuan, multiply, parseYuan, ratio, sum } from '#shared/money';
import type { Doors, EnvelopeAnswer, Json } from '../doors.js';
import { StoryBroken } from '../story-broken.js';
import { institutions, items, persons } from '../world.js';
import type { VisitFact } from './visits.js';

export interface SettledVisit {
  readonly fact: VisitFact;
  readonly visitId: string;
  readonly settlementId: string;
  readonly setlinfo: Json;
}

const amountOf = (price: string, quantity: number): bigint =>
  multiply(parseYuan(price), ratio(String(quantity)), 'half-up');

const totalOf = (fact: VisitFact): string =>
  formatYuan(sum(fact.lines.map(({ price, quantity }) => amountOf(price, quantity))));

/** What a hospital's window does with one visit: the transactions of the national interface, in their order. */
export class HospitalDesk {
  constructor(private readonly doors: Doors) {}

  private context(fact: VisitFact) {
    const institution = institutions[fact.institution];
    const person = persons[fact.person];
    return { institution, person, home: { home: person.home } };
  }

  async identify(fact: VisitFact): Promise<Json> {
    const { institution, person } = this.context(fact);
    return this.doors.settle(institution, '1101', {
      data: {
        mdtrt_cert_type: '02',
        mdtrt_cert_no: person.identityNumber,
        psn_cert_type: '01',
        certno: person.identityNumber,
        psn_name: person.name,
      },
    });
  }

  /** 2401, as the hospital sends it; the answer may be a refusal. */
  admission(fact: VisitFact): Promise<EnvelopeAnswer> {
    const { institution, person, home } = this.context(fact);
    const diagnosis = {
      diag_type: '1',
      maindiag_flag: '1',
      diag_srt_no: '1',
      diag_code: 'K35.900',
      diag_name: '急性阑尾炎',
      diag_dept: 'A04',
      dise_dor_no: 'D1',
      dise_dor_name: '医师甲',
    };
    return this.doors.hospital(
      institution,
      '2401',
      {
        mdtrtinfo: {
          psn_no: person.personNo,
          insutype: person.scheme,
          begntime: `${fact.admittedOn} 09:00:00`,
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
        diseinfo: [{ ...diagnosis, psn_no: person.personNo, diag_time: `${fact.admittedOn} 09:00:00` }],
      },
      home,
    );
  }

  async admit(fact: VisitFact): Promise<string> {
    const answer = await this.admission(fact);
    const visitId = (answer.output?.['result'] as Json | undefined)?.['mdtrt_id'];
    if (answer.infcode !== 0 || typeof visitId !== 'string')
      throw new StoryBroken(`${fact.id} 2401: ${answer.err_msg}`);
    return visitId;
  }

  async register(fact: VisitFact): Promise<string> {
    const { institution, person, home } = this.context(fact);
    const begun = `${fact.admittedOn} 10:05:00`;
    const output = await this.doors.settle(
      institution,
      '2201',
      {
        data: {
          psn_no: person.personNo,
          insutype: person.scheme,
          begntime: begun,
          mdtrt_cert_type: '02',
          mdtrt_cert_no: person.identityNumber,
          ipt_otp_no: `MZ${fact.id}`,
          atddr_no: 'D1',
          dr_name: '医师甲',
          dept_code: 'A03',
          dept_name: '内科',
          caty: 'A03',
        },
      },
      home,
    );
    const visitId = String((output['data'] as Json)['mdtrt_id']);
    await this.doors.settle(
      institution,
      '2203A',
      {
        mdtrtinfo: { mdtrt_id: visitId, psn_no: person.personNo, med_type: fact.medType, begntime: begun },
        diseinfo: [
          {
            diag_type: '1',
            diag_srt_no: '1',
            diag_code: 'J06.900',
            diag_name: '急性上呼吸道感染',
            diag_dept: 'A03',
            dise_dor_no: 'D1',
            dise_dor_name: '医师甲',
            diag_time: begun,
            vali_flag: '1',
          },
        ],
      },
      home,
    );
    return visitId;
  }

  async charge(fact: VisitFact, visitId: string): Promise<void> {
    const { institution, person, home } = this.context(fact);
    const common = {
      mdtrt_id: visitId,
      psn_no: person.personNo,
      fee_ocur_time: `${fact.settledOn} 10:10:00`,
      bilg_dept_codg: 'A04',
      bilg_dept_name: '普通外科',
      bilg_dr_codg: 'D1',
      bilg_dr_name: '医师甲',
      hosp_appr_flag: '1',
    };
    const feedetail = fact.lines.map(({ item, price, quantity }, index) => ({
      ...common,
      feedetl_sn: `${fact.id}-${index + 1}`,
      ...(fact.kind === 'outpatient' ? { chrg_bchno: `P${fact.id}`, rx_circ_flag: '0' } : { med_type: fact.medType }),
      med_list_codg: items[item].code,
      medins_list_codg: item,
      det_item_fee_sumamt: formatYuan(amountOf(price, quantity)),
      cnt: String(quantity),
      pric: price,
    }));
    await this.doors.settle(institution, fact.kind === 'outpatient' ? '2204' : '2301', { feedetail }, home);
  }

  async discharge(fact: VisitFact, visitId: string): Promise<void> {
    const { institution, person, home } = this.context(fact);
    await this.doors.settle(
      institution,
      '2402',
      {
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
          {
            mdtrt_id: visitId,
            psn_no: person.personNo,
            diag_type: '1',
            maindiag_flag: '1',
            diag_srt_no: '1',
            diag_code: 'K35.900',
            diag_name: '急性阑尾炎',
            diag_dept: 'A04',
            dise_dor_no: 'D1',
            dise_dor_name: '医师甲',
            diag_time: `${fact.settledOn} 09:00:00`,
          },
        ],
      },
      home,
    );
  }

  settleInput(fact: VisitFact, visitId: string): Json {
    const { person } = this.context(fact);
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
        ...(fact.kind === 'outpatient'
          ? { med_type: fact.medType, chrg_bchno: `P${fact.id}` }
          : { mid_setl_flag: '0' }),
      },
    };
  }

  /** Trial, then settlement; the two must agree figure for figure. */
  async settleWithTrial(fact: VisitFact, visitId: string, msgid?: string): Promise<SettledVisit> {
    const { institution, home } = this.context(fact);
    const input = this.settleInput(fact, visitId);
    const [trial, final] = fact.kind === 'outpatient' ? (['2206', '2207'] as const) : (['2303', '2304'] as const);
    const tried = (await this.doors.settle(institution, trial, input, home))['setlinfo'] as Json;
    const setlinfo = (
      await this.doors.settle(institution, final, input, { ...home, ...(msgid === undefined ? {} : { msgid }) })
    )['setlinfo'] as Json;
    for (const key of [
      'medfee_sumamt',
      'fund_pay_sumamt',
      'acct_pay',
      'psn_cash_pay',
      'act_pay_dedc',
      'preselfpay_amt',
      'overlmt_selfpay',
      'inscp_scp_amt',
    ]) {
      if (String(tried[key]) !== String(setlinfo[key]))
        throw new StoryBroken(`${fact.id}: trial and settlement differ in ${key}`);
    }
    return { fact, visitId, settlementId: String(setlinfo['setl_id']), setlinfo };
  }

  async refund(settled: SettledVisit): Promise<Json> {
    const { institution, person, home } = this.context(settled.fact);
    const output = await this.doors.settle(
      institution,
      settled.fact.kind === 'outpatient' ? '2208' : '2305',
      {
        data: { setl_id: settled.settlementId, mdtrt_id: settled.visitId, psn_no: person.personNo },
      },
      home,
    );
    return output['setlinfo'] as Json;
  }
}
