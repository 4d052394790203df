import { beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync, strFromU8, strToU8, zipSync } from 'fflate';
import { answerProblems } from '#shared/gateway-client';
import type { ClientAnswer, GatewayClient, SendOptions } from '#shared/gateway-client';
import { signedText, sm3Digest } from '#shared/gm-signature';
import type { AnswerFrom, FormOf, Infno, SentTo } from '#shared/national-interface';
import { notOffered } from '#shared/national-interface';
import { sm2 } from 'sm-crypto-v2';
import type { Json } from '../doors.js';
import { clerk } from '../people.js';
import {
  admissionInput,
  dischargeInput,
  feeLines,
  registrationInput,
  settlementInput,
} from '../story/hospital-messages.js';
import { institutions, items, persons } from '../world.js';
import { outpatient, stay } from './facts.js';
import { firstDay as day } from './scene.js';
import type { Scene } from './scene.js';

/** The whole interface as a hospital uses it, by the typed client; every answer is checked against its schema there. */
export function gatewayInterface(scene: Scene): void {
  const beijing = institutions['H-BJ3'];
  const zhuzhou = institutions['H-ZZ2'];
  const client = (institution = beijing): GatewayClient => scene.world.doors.clientOf(institution);
  const ok = async <I extends Infno>(answer: Promise<ClientAnswer<I>>): Promise<AnswerFrom<FormOf<I>>> => {
    const { infcode, err_msg, output } = await answer;
    expect([infcode, err_msg]).toEqual([0, '']);
    return output as AnswerFrom<FormOf<I>>;
  };
  const code = async (answer: Promise<{ err_msg: string }>): Promise<string> =>
    /^\[(\w+)\]/.exec((await answer).err_msg)?.[1] ?? 'fine';
  const home = { home: '430100' };
  const psn = { psn_no: persons.A.personNo };
  const input = <I extends Infno>(_infno: I, given: Json): SentTo<FormOf<I>> => given as SentTo<FormOf<I>>;
  let serial = 0;

  /** Registered and charged 90.00 in one batch. */
  async function charged(): Promise<{
    id: string;
    visit: { mdtrt_id: string; psn_no: string };
    settle: SentTo<FormOf<'2207'>>;
  }> {
    serial += 1;
    const fact = outpatient(`IF${serial}`, day);
    const registered = await ok(client().send('2201', input('2201', registrationInput(fact)), home));
    const visit = { ...psn, mdtrt_id: registered.data.mdtrt_id };
    await ok(client().send('2204', { feedetail: feeLines(fact, visit.mdtrt_id) as never }, home));
    return { id: fact.id, visit, settle: input('2207', settlementInput(fact, visit.mdtrt_id)) };
  }
  const settled = async (options: SendOptions = {}) => {
    const { visit, settle } = await charged();
    const { setlinfo } = await ok(client().send('2207', settle, { ...home, ...options }));
    return { visit, settle, setlinfo, refund: { data: { ...visit, setl_id: setlinfo.setl_id } } };
  };
  const legs = (
    visitId: string,
  ): Promise<{ findings: string[]; status: string; treatment: Json[]; messages: Json[] }> =>
    scene.world.doors.call(clerk('110000'), 'settlement', 'GET', `/visits/${visitId}/legs`);

  beforeAll(async () => {
    const { identityNumber: certno, name: psn_name } = persons.A;
    await ok(client().send('1101', { data: { mdtrt_cert_type: '2', mdtrt_cert_no: certno, psn_name } }));
  });

  describe('look-ups', () => {
    it('[N16] 1101: an unpadded certificate type is the same; cards and vouchers must say the number', async () => {
      const { identityNumber, name } = persons.A;
      const found = await ok(client().send('1101', { data: { mdtrt_cert_type: 2, mdtrt_cert_no: identityNumber } }));
      expect(found.baseinfo).toMatchObject({ psn_no: persons.A.personNo, psn_name: name, gend: '1' });
      expect(found.insuinfo[0]).toMatchObject({ insutype: '310', insuplc_admdvs: '430100', psn_insu_stas: '1' });
      const card = { mdtrt_cert_type: '03', mdtrt_cert_no: 'A99999999', certno: identityNumber };
      expect(await code(client().send('1101', { data: card }))).toBe('CREDENTIAL_INCOMPLETE');
      const whole = { ...card, card_sn: '999999D1', psn_cert_type: '1', psn_name: name };
      expect((await ok(client().send('1101', { data: whole }))).baseinfo.psn_no).toBe(persons.A.personNo);
      expect(await code(client().send('1101', { data: { mdtrt_cert_type: '01', mdtrt_cert_no: 'token' } }))).toBe(
        'CREDENTIAL_INCOMPLETE',
      );
    });

    it('[N15] 1201 finds hospitals by kind, code and a part of the name', async () => {
      const all = await ok(client().send('1201', { medinsinfo: { fixmedins_type: '1', fixmedins_name: '长沙' } }));
      expect(all.medinsinfo.map(({ fixmedins_code }) => fixmedins_code)).toEqual(['H43010000201', 'H43010000301']);
      expect((await ok(client().send('1201', { medinsinfo: { fixmedins_type: '2' } }))).medinsinfo).toEqual([]);
    });

    it('[N31 H18] 1312 1318 1319: the treatment place’s catalogue, page by page', async () => {
      const data = { updt_time: '2020-01-01 00:00:00', page_num: 1, page_size: '5' };
      const first = await ok(client().send('1312', { data }));
      expect(first).toMatchObject({ recordCounts: 8, pages: 2, size: 5, firstPage: '1', lastPage: '0' });
      const second = await ok(client().send('1312', { data: { ...data, page_num: 2 } }));
      const codes = [...first.data, ...second.data].map(({ hilist_code }) => hilist_code);
      expect(new Set(codes)).toEqual(new Set(Object.values(items).map((item) => item.code)));
      const limits = await ok(client().send('1318', { data: { ...data, insu_admdvs: '310000' } }));
      expect(limits.data.map((one) => one.hilist_pric_uplmt_amt).sort()).toEqual([10_000, 60]);
      const shares = await ok(client().send('1319', { data: { ...data, hilist_code: items['drug-b'].code } }));
      expect(shares.data.map(({ selfpay_prop }) => selfpay_prop)).toEqual([0.1]);
      expect(await code(client().send('1312', { data: { ...data, page_num: 0 } }))).toBe('ENVELOPE_INVALID');
    });

    it('[H79] 1901 answers code tables, and an unknown one with nothing', async () => {
      const question = { admdvs: '110000', date: day };
      const { list } = await ok(client().send('1901', { data: { type: 'clr_type', ...question } }));
      expect(list.map(({ value }) => value)).toEqual(['11', '21', '41', '99']);
      expect((await ok(client().send('1901', { data: { type: 'constructor', ...question } }))).list).toEqual([]);
    });

    it('[N14 H20] 2001 says what the person may have here, on what ground, and what is missing', async () => {
      const data = { ...psn, insutype: '310', med_type: '21', begntime: `${day} 08:00:00` };
      const { trtinfo } = await ok(client().send('2001', { data }));
      expect(trtinfo.map(({ trt_chk_type, trt_enjymnt_flag }) => `${trt_chk_type}${trt_enjymnt_flag}`)).toEqual([
        '11',
        '21',
      ]);
      expect(trtinfo[1]?.trt_chk_rslt).toMatch(/长期.*北京/);
      const chronic = await ok(client().send('2001', { data: { ...data, med_type: '14', dise_codg: 'M03900' } }));
      expect(chronic.trtinfo[2]).toMatchObject({ trt_chk_type: '3', trt_enjymnt_flag: '0' });
    });

    it('[N57 P5.3] a person whom this hospital never identified is not found in any query', async () => {
      const other = { psn_no: persons.G.personNo };
      const times = { begntime: `${day} 00:00:00`, endtime: `${day} 23:59:59` };
      const answers = [
        client().send('5201', { data: { ...other, ...times } }),
        client().send('5206', { data: other }),
        client().send('5301', { data: other }),
        client().send('5303', { data: { ...other, ...times } }),
        client().send('5304', { data: { ...other, ...times } }),
        client().send('2001', { data: { ...other, insutype: '310', med_type: '11', begntime: times.begntime } }),
      ];
      for (const answer of answers) expect(await code(answer)).toBe('PERSON_UNKNOWN');
    });

    it.each(Object.keys(notOffered))('[H83] %s is not offered here, and the answer says where', async (infno) => {
      const { doors } = scene.world;
      for (const number of [infno, `${infno}A`]) {
        const answer = (await (await doors.post(doors.message(beijing, number, { data: {} }))).json()) as Json;
        expect(answer['err_msg']).toContain(`[NOT_OFFERED] 交易 ${infno}`);
        expect(answer['infcode']).toBe(-2);
      }
    });
  });

  describe('a visit from its registration to its undoing', () => {
    it('[N33 N34 A13] outpatients: every step, the identities of the answer, and what the queries say of it', async () => {
      const { visit, settle, id } = await charged();
      const diagnosis = {
        diag_type: '1',
        diag_srt_no: 1,
        diag_code: 'J06.900',
        diag_name: '上呼吸道感染',
        vali_flag: 1 as const,
      };
      const info = { ...visit, med_type: '11', begntime: `${day} 10:00`, main_cond_desc: '咳嗽' };
      await ok(client().send('2203', { mdtrtinfo: info, diseinfo: [diagnosis] }, { ...home, edition: 'A' }));
      const trial = await ok(client().send('2206', settle, home));
      const { setlinfo, setldetail } = await ok(client().send('2207', settle, { ...home, edition: 'A' }));
      expect(trial.setlinfo).toMatchObject({ ...amountsOf(setlinfo), setl_time: null });
      const cents = (amount: number) => Math.round(amount * 100);
      const s = setlinfo;
      expect(cents(s.medfee_sumamt)).toBe(
        cents(s.fulamt_ownpay_amt) + cents(s.overlmt_selfpay) + cents(s.preselfpay_amt) + cents(s.inscp_scp_amt),
      );
      const funds = [
        s.hifp_pay,
        s.cvlserv_pay,
        s.hifes_pay,
        s.hifmi_pay,
        s.hifob_pay,
        s.hifdm_pay,
        s.maf_pay,
        s.oth_pay,
      ];
      expect(cents(s.fund_pay_sumamt)).toBe(funds.reduce((sum, one) => sum + cents(one), 0));
      expect(cents(s.medfee_sumamt)).toBe(cents(s.fund_pay_sumamt) + cents(s.psn_part_amt) + cents(s.hosp_part_amt));
      expect(cents(s.psn_part_amt)).toBe(cents(s.acct_pay) + cents(s.psn_cash_pay));
      const details = setldetail.reduce((sum, one) => sum + cents(one.fund_payamt), 0);
      expect(details).toBe(cents(s.medfee_sumamt) - cents(s.psn_cash_pay));

      const times = { begntime: `${day} 00:00:00`, endtime: `${day} 23:59:59`, med_type: '11' };
      const { mdtrtinfo } = await ok(client().send('5201', { data: { ...psn, ...times, mdtrt_id: visit.mdtrt_id } }));
      expect(mdtrtinfo[0]).toMatchObject({
        ...visit,
        ipt_otp_no: `MZ${id}`,
        main_cond_dscr: '咳嗽',
        otp_diag_info: '上呼吸道感染',
      });
      const { diseinfo } = await ok(client().send('5202', { data: visit }));
      expect(diseinfo).toMatchObject([{ diag_code: 'J06.900', maindiag_flag: '1', diag_srt_no: 1 }]);
      const found = await ok(client().send('5203', { data: { ...visit, setl_id: s.setl_id } }));
      expect(found.setlinfo).toMatchObject({
        cash_payamt: s.psn_cash_pay,
        psn_pay: s.psn_part_amt,
        refd_setl_flag: '0',
        pay_loc: '4',
      });
      const rows = await ok(client().send('5204', { data: { ...visit, setl_id: s.setl_id } }));
      expect(rows).toMatchObject([
        { feedetl_sn: `${id}-1`, det_item_fee_sumamt: 90, hilist_name: items['drug-a'].name },
      ]);
      const { cuminfo } = await ok(client().send('5206', { data: psn }));
      expect(cuminfo.map(({ cum_type_code }) => cum_type_code)).toContain('DEDC');

      const refunded = (await ok(client().send('2208', { data: { ...visit, setl_id: s.setl_id } }, home))).setlinfo;
      expect(refunded).toMatchObject({
        ...{
          medfee_sumamt: -90,
          psn_cash_pay: -s.psn_cash_pay,
          pdn_cash_pay: -s.psn_cash_pay,
          init_setl_id: s.setl_id,
        },
        pool_prop_selfpay: s.pool_prop_selfpay,
      });
      expect(await code(client().send('2202', { data: { ...visit, ipt_otp_no: id } }))).toBe('VISIT_HAS_FEES');
      await ok(client().send('2205', { data: { ...visit, chrg_bchno: '0000' } }));
      await ok(client().send('2202', { data: { ...visit, ipt_otp_no: id } }));
      expect(await code(client().send('2206', settle, home))).toBe('VISIT_CANCELLED');
      await scene.world.state.settled();
      expect(await legs(visit.mdtrt_id)).toMatchObject({ status: 'cancelled', findings: [] });
    });

    it('[N32 N34 N42] inpatients: each forbidden step has its own answer, each undo its order', async () => {
      serial += 1;
      const fact = stay(`IP${serial}`, day);
      const at = client(zhuzhou);
      const { identityNumber: certno } = persons.H;
      await ok(at.send('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: certno } }));
      const area = { home: persons.H.home };
      const { result } = await ok(at.send('2401', input('2401', admissionInput(fact)), area));
      const visit = { psn_no: persons.H.personNo, mdtrt_id: result.mdtrt_id };
      const settle = input('2304', settlementInput(fact, visit.mdtrt_id));
      expect(await code(at.send('2401', input('2401', admissionInput(fact)), area))).toBe('ALREADY_ADMITTED_HERE');
      const stays = await ok(at.send('5303', { data: { psn_no: visit.psn_no } }));
      expect(stays.data).toMatchObject([{ mdtrt_id: visit.mdtrt_id, out_flag: '1' }]);
      expect(await code(at.send('2405', { data: visit }))).toBe('VISIT_NOT_DISCHARGED');
      expect(await code(at.send('2305', { data: { ...visit, setl_id: 'S0' } }))).toBe('SETTLEMENT_UNKNOWN');
      expect(await code(at.send('2205', { data: { ...visit, chrg_bchno: '0000' } }))).toBe('WRONG_SETTING');
      await ok(at.send('2301', { feedetail: feeLines(fact, visit.mdtrt_id) as never }, area));
      const changed = { ...visit, adm_bed: '09', begntime: `${day} 08:00:00`, med_type: '21' };
      await ok(at.send('2403', { adminfo: changed, diseinfo: [] }));
      expect(await code(at.send('2304', settle, area))).toBe('VISIT_NOT_DISCHARGED');
      expect(await code(at.send('2404', { data: visit }))).toBe('VISIT_HAS_FEES');
      const trial = await ok(at.send('2303', settle, area));
      await ok(at.send('2402', input('2402', dischargeInput(fact, visit.mdtrt_id)), area));
      expect(await code(at.send('2403', { adminfo: changed, diseinfo: [] }))).toBe('VISIT_DISCHARGED');
      expect(await code(at.send('2404', { data: visit }))).toBe('VISIT_DISCHARGED');
      const midstay = { data: { ...settle.data, mid_setl_flag: '1' as const } };
      expect(await code(at.send('2304', midstay, area))).toBe('MIDSTAY_NOT_OFFERED');
      expect(await code(at.send('2303', midstay, area))).toBe('MIDSTAY_NOT_OFFERED');
      const wrong = { data: { ...settle.data, insutype: '390' } };
      expect(await code(at.send('2304', wrong, area))).toBe('SCHEME_DIFFERS');
      const { setlinfo } = await ok(at.send('2304', settle, { ...area, edition: 'A' }));
      expect(trial.setlinfo).toMatchObject(amountsOf(setlinfo));
      expect(await code(at.send('2405', { data: visit }))).toBe('VISIT_SETTLED');
      expect(await code(at.send('2303', settle, area))).toBe('VISIT_SETTLED');
      expect(await code(at.send('2208', { data: { ...visit, setl_id: setlinfo.setl_id } }))).toBe('WRONG_SETTING');
      await ok(at.send('2305', { data: { ...visit, setl_id: setlinfo.setl_id } }, { ...area, edition: 'A' }));
      expect(await code(at.send('2305', { data: { ...visit, setl_id: setlinfo.setl_id } }))).toBe('ALREADY_REFUNDED');
      await ok(at.send('2405', { data: visit }));
      await ok(at.send('2302', { data: [{ ...visit, feedetl_sn: '0000' }] }));
      await ok(at.send('2404', { data: visit }));
      expect(await code(at.send('2301', { feedetail: feeLines(fact, visit.mdtrt_id) as never }))).toBe(
        'VISIT_CANCELLED',
      );
    });

    it('[N31] a line that names an original takes back one that is there', async () => {
      const { visit, id } = await charged();
      const [row] = feeLines(outpatient(id, day), visit.mdtrt_id);
      const back = { ...row, feedetl_sn: 'BACK', cnt: '-1', det_item_fee_sumamt: '-90.00' };
      const take = (init_feedetl_sn: string) =>
        client().send('2204', { feedetail: [{ ...back, init_feedetl_sn }] as never }, home);
      expect(await code(take('NOBODY'))).toBe('LINE_NOT_TO_REVERSE');
      expect((await ok(take(`${id}-1`))).result).toMatchObject([{ det_item_fee_sumamt: -90, inscp_scp_amt: -90 }]);
    });

    it('[P2.4 N57] one operator call undoes a stuck visit in order, and every side agrees afterwards', async () => {
      const { visit, settle } = await settled();
      const { doors } = scene.world;
      const agency = { ...clerk('110000'), roles: ['settlement.visits'] };
      const undo = (who: typeof agency) =>
        doors.call<{ steps: { step: string }[] }>(who, 'settlement', 'POST', `/visits/${visit.mdtrt_id}/undo`, {
          ...{ reason: '医院应答丢失', bookedByHospital: 'no' },
        });
      const foreign = { ...agency, agency: '310000', subject: 'clerk-of-shanghai' };
      const refused = await doors.ask(foreign, 'settlement', 'POST', `/visits/${visit.mdtrt_id}/undo`, {
        ...{ reason: 'x', bookedByHospital: 'no' },
      });
      expect(refused.status).toBe(404);
      expect((await undo(agency)).steps.map(({ step }) => step)).toEqual(['refund', 'cancel-charges', 'cancel']);
      expect((await undo(agency)).steps).toEqual([]);
      await scene.world.state.settled();
      expect(await legs(visit.mdtrt_id)).toMatchObject({ status: 'cancelled', findings: [] });
      expect(await code(client().send('2207', settle, home))).toBe('VISIT_CANCELLED');
      await settled();
    });
  });

  describe('reversal (2601)', () => {
    const reverse = (omsgid: string, oinfno: string, at = client()) =>
      at.send('2601', { data: { ...psn, omsgid, oinfno } }, home);

    it('[P5.2 H83] a settlement whose answer was lost never happened; twice is once; its message is at its end', async () => {
      const msgid = client().newMessageId();
      const { visit, settle, setlinfo, refund } = await settled({ msgid });
      await ok(reverse(msgid, '2207'));
      await ok(reverse(msgid, '2207A'));
      expect(await code(client().send('2207', settle, { ...home, msgid }))).toBe('MESSAGE_REVERSED');
      expect(await code(client().send('2208', refund, home))).toBe('SETTLEMENT_REVERSED');
      const { treatment } = await legs(visit.mdtrt_id);
      expect(treatment.map(({ kind, reversed, total }) => [kind, reversed, total])).toEqual([
        ['charge', true, '90.00'],
        ['refund', true, '-90.00'],
      ]);
      const again = await ok(client().send('2207', settle, home));
      expect(amountsOf(again.setlinfo)).toEqual(amountsOf(setlinfo));
    });

    it('[P5.2 H83] a reversal that overtakes its original cancels it when it arrives', async () => {
      const { settle, visit } = await charged();
      const msgid = client().newMessageId();
      await ok(reverse(msgid, '2207'));
      expect(await code(client().send('2207', settle, { ...home, msgid }))).toBe('MESSAGE_REVERSED');
      expect((await legs(visit.mdtrt_id)).treatment).toEqual([]);
      await ok(client().send('2207', settle, home));
    });

    it('[N42] the reversal of a refund: the settlement stands again, and can be refunded again', async () => {
      const { refund, visit, setlinfo } = await settled();
      const msgid = client().newMessageId();
      await ok(client().send('2208', refund, { ...home, msgid }));
      await ok(reverse(msgid, '2208'));
      const { treatment } = await legs(visit.mdtrt_id);
      expect(treatment.map(({ kind, reversed }) => `${String(kind)} ${String(reversed)}`)).toEqual([
        'charge false',
        'refund true',
        'charge true',
      ]);
      const second = await ok(client().send('2208', refund, home));
      expect(second.setlinfo.init_setl_id).toBe(setlinfo.setl_id);
      expect(await code(client().send('2208', refund, home))).toBe('ALREADY_REFUNDED');
      await scene.world.state.settled();
      expect((await legs(visit.mdtrt_id)).findings).toEqual([]);
    });

    it('[N42] but not when the person has been settled elsewhere since: the room under a cap may be used', async () => {
      const { refund } = await settled();
      const msgid = client().newMessageId();
      await ok(client().send('2208', refund, { ...home, msgid }));
      await settled();
      expect(await code(reverse(msgid, '2208'))).toBe('REFUND_NOT_REVERSIBLE');
    });

    it('[P5.2] registration and fee lines: exactly what the message brought', async () => {
      const { visit, id } = await charged();
      const msgid = client().newMessageId();
      const [row] = feeLines(outpatient(id, day), visit.mdtrt_id);
      await ok(
        client().send('2204', { feedetail: [row, { ...row, feedetl_sn: 'MORE' }] as never }, { ...home, msgid }),
      );
      await ok(reverse(msgid, '2204'));
      const rows = await ok(client().send('5204', { data: visit }));
      expect(rows.map(({ feedetl_sn }) => feedetl_sn)).toEqual([`${id}-1`]);
      const registration = client().newMessageId();
      const opened = input('2201', registrationInput(outpatient('REV', day)));
      await ok(client().send('2201', opened, { ...home, msgid: registration }));
      await ok(reverse(registration, '2201'));
      expect(await code(client().send('2201', opened, { ...home, msgid: registration }))).toBe('MESSAGE_REVERSED');
    });

    it('[P5.2] what is not reversible says what to do instead; a wrong number or person reverses nothing', async () => {
      for (const infno of ['1101', '2202', '2203A', '2205', '3201', '9001', '2601'])
        expect([infno, await code(reverse('ANY', infno))]).toEqual([infno, 'NOT_REVERSIBLE']);
      expect(await code(reverse('ANY', '8888'))).toBe('UNKNOWN_TRANSACTION');
      const msgid = client().newMessageId();
      await settled({ msgid });
      expect(await code(reverse(msgid, '2304'))).toBe('REVERSAL_OTHER_TRANSACTION');
      const other = { data: { psn_no: persons.B.personNo, omsgid: msgid, oinfno: '2207' } };
      expect(await code(client().send('2601', other))).toBe('REVERSAL_OTHER_TRANSACTION');
    });

    it('[N38 H46] reversed settlements are in no statement: 3201 balances without them', async () => {
      const data = { insutype: '310', clr_type: '11', setl_optins: '110000', stmt_begndate: day, stmt_enddate: day };
      const ask = async () => {
        const probe = { medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, fixmedins_setl_cnt: 0 };
        return (await ok(client().send('3201', { data: { ...data, ...probe } }))).stmtinfo.stmt_rslt_dscr;
      };
      const before = await ask();
      const msgid = client().newMessageId();
      await settled({ msgid });
      expect(await ask()).not.toBe(before);
      await ok(reverse(msgid, '2207'));
      expect(await ask()).toBe(before);
    });
  });

  describe('addresses, signatures, sessions, files', () => {
    const raw = async (path: string, body: object | string, headers: Record<string, string>): Promise<Json> => {
      const response = await fetch(scene.world.urls.settlement + path, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      expect(response.status).toBe(200);
      return (await response.json()) as Json;
    };
    const question = { data: { mdtrt_cert_type: '02', mdtrt_cert_no: persons.A.identityNumber } };

    it.each(['/gateway/1101', '/1101', '/fsi/api/fsiPsnInfoService/queryPsnInfo'])(
      '[P5.2] %s is the same door',
      async (path) => {
        const answer = await raw(path, client().envelopeOf('1101', question, {}), client().signed());
        expect(answerProblems('1101', answer)).toEqual([]);
        expect(answer['infcode']).toBe(0);
      },
    );

    it('[P5.2] the misspelt addresses lead where they lead, unknown ones nowhere', async () => {
      const { settle } = await charged();
      const at = (path: string, infno: string) =>
        raw(`/fsi/api/outpatientSettleService/${path}`, client().envelopeOf(infno, settle, home), client().signed());
      expect(await at('preSettletmentA', '2206A')).toMatchObject({ infcode: 0 });
      expect(await at('saveSettletment', '2207A')).toMatchObject({ infcode: 0 });
      const { infno: _infno, ...nameless } = client().envelopeOf('', settle, home);
      expect((await raw('/fsi/api/nobody/knows', nameless, client().signed()))['err_msg']).toContain(
        'UNKNOWN_TRANSACTION',
      );
    });

    it('[P5.2] input as text, numbers as text or number, empty in three ways: the same message', async () => {
      const { settle } = await charged();
      const { data } = settle;
      const sent = { ...data, medfee_sumamt: 90, invono: null, exp_content: '{"er_flag":"0"}', nobody_knows: [1] };
      const whole = client().envelopeOf('2206', JSON.stringify({ data: JSON.stringify(sent) }), home);
      const answer = await raw('/2206', whole, { ...client().signed(), 'content-type': 'text/plain' });
      expect(answerProblems('2206', answer)).toEqual([]);
      expect(answer['infcode']).toBe(0);
    });

    it('[P5.3] SM3 and SM2 in cainfo where the area has agreed on them, and the headers again', async () => {
      const { doors } = scene.world;
      const hospital = institutions['H-CS3'];
      const terms = (body: Json) =>
        doors.call(clerk(hospital.area), 'settlement', 'PUT', `/institutions/${hospital.code}/gateway-terms`, {
          ...{ signature: 'headers', sm2PublicKey: null, signIn: 'no', ...body },
        });
      const at = client(hospital);
      const secret = doors.credentialOf(hospital.code)?.secret ?? '';
      const plain = { 'content-type': 'application/json' };
      const signedBy = (signtype: string, sign: (text: string) => string): Json => {
        const envelope = { ...at.envelopeOf('1101', question, {}), signtype };
        return { ...envelope, cainfo: sign(signedText(envelope)) };
      };
      await terms({ signature: 'sm3' });
      const sm3 = signedBy('SM3', (text) => sm3Digest(text, secret));
      expect(await raw('/1101', sm3, plain)).toMatchObject({ infcode: 0 });
      expect((await raw('/1101', { ...sm3, opter: 'other' }, plain))['err_msg']).toContain('CAINFO_WRONG');
      const pair = sm2.generateKeyPairHex();
      await terms({ signature: 'sm2', sm2PublicKey: pair.publicKey });
      const good = signedBy('SM2', (text) => sm2.doSignature(text, pair.privateKey, { hash: true }).toUpperCase());
      expect(await raw('/1101', good, plain)).toMatchObject({ infcode: 0 });
      expect((await raw('/1101', { ...good, cainfo: 'ff' }, plain))['err_msg']).toContain('CAINFO_WRONG');
      expect((await raw('/1101', { ...good, msgid: at.newMessageId() }, plain))['err_msg']).toContain('CAINFO_WRONG');
      await terms({});
      expect((await raw('/1101', good, plain))['err_msg']).toContain('SIGNATURE_MISSING');
      await ok(at.send('1101', question));
    });

    it('[P5.3] 9001 where it is demanded: nothing before it, nothing after 9002', async () => {
      const { doors } = scene.world;
      const hospital = institutions['H-CS2'];
      const terms = (signIn: 'yes' | 'no') =>
        doors.call(clerk(hospital.area), 'settlement', 'PUT', `/institutions/${hospital.code}/gateway-terms`, {
          ...{ signature: 'headers', sm2PublicKey: null, signIn },
        });
      const at = client(hospital);
      await terms('yes');
      expect(await code(at.send('1101', question))).toBe('SIGN_IN_NEEDED');
      const { signinoutb } = await ok(at.send('9001', { signIn: { opter_no: '001', ip: '10.0.0.1' } }));
      const signNo = signinoutb.sign_no;
      await ok(at.send('1101', question, { signNo }));
      expect(await code(at.send('9002', { signOut: { sign_no: 'SN0' } }, { signNo }))).toBe('SIGN_IN_UNKNOWN');
      await ok(at.send('9002', { signOut: { sign_no: signNo } }, { signNo }));
      expect(await code(at.send('1101', question, { signNo }))).toBe('SIGN_IN_NEEDED');
      await terms('no');
      await ok(at.send('1101', question));
    });

    it('[P5.3] two credentials at the most, and a warning before one ends', async () => {
      const { doors } = scene.world;
      const hospital = institutions['H-WH2'];
      const agency = clerk(hospital.area);
      const path = `/institutions/${hospital.code}/credentials`;
      const old = client(hospital);
      await doors.call(agency, 'settlement', 'POST', path);
      const answer = await old.send('1101', question);
      expect(answer.warn_msg).toContain('2026-03-09');
      await doors.call(agency, 'settlement', 'POST', path);
      expect(await code(old.send('1101', question))).toBe('SIGNATURE_WRONG');
      const listed = await doors.call<{ validTo: string }[]>(agency, 'settlement', 'GET', path);
      expect(listed).toHaveLength(2);
    });

    it('[N38 H46] 9101 3202 9102: the result names what differs, with the message id that 2601 needs', async () => {
      const msgid = client().newMessageId();
      const { setlinfo } = await settled({ msgid });
      const upload = async (bytes: Uint8Array | number[]) =>
        ok(client().send('9101', { fsUploadIn: { in: [...bytes], filename: 'a.zip' } }));
      const empty = { stmt_begndate: day, stmt_enddate: day, clr_type: '11', setl_optins: '110000', cash_payamt: 0 };
      const sums = { medfee_sumamt: '1.00', fund_pay_sumamt: 0, fixmedins_setl_cnt: 1 };
      const line = ['S-NOBODY', 'V', 'P', '1.00', '0.00', '0.00', '0'].join('\t');
      const zipped = zipSync({ 'a.txt': strToU8(line) });
      const { file_qury_no } = await upload(Int8Array.from(zipped) as never);
      const wrong = { data: { ...empty, ...sums, file_qury_no, fixmedins_setl_cnt: 2 } };
      expect(await code(client().send('3202', wrong))).toBe('STATEMENT_SUM_WRONG');
      const { fileinfo } = await ok(client().send('3202', { data: { ...empty, ...sums, file_qury_no } }));
      const file = await client().download(fileinfo.file_qury_no, fileinfo.filename);
      if (!(file instanceof Uint8Array)) throw new Error(file.err_msg);
      const rows = Object.values(unzipSync(file)).flatMap((content) => strFromU8(content).split('\n'));
      const of = (id: string) => rows.find((row) => row.split('\t')[2] === id)?.split('\t');
      expect(of(setlinfo.setl_id)).toMatchObject({ 3: msgid, 4: '3', 7: '90.00' });
      expect(of('S-NOBODY')).toMatchObject({ 0: 'null', 3: 'null', 4: '2' });
      const foreign = await client(zhuzhou).download(fileinfo.file_qury_no, fileinfo.filename);
      expect(foreign).toMatchObject({ infcode: -2, err_msg: expect.stringContaining('FILE_UNKNOWN') });
    });
  });

  describe('bills of patients who pay all of it', () => {
    const who = { psn_cert_type: '1', certno: persons.G.identityNumber, psn_name: persons.G.name };
    const rowOf = (visitNo: string, sn: string, code_: string, amount: string) => ({
      ...{ fixmedins_mdtrt_id: visitNo, bkkp_sn: sn, fee_ocur_time: `${day} 09:00:00`, cnt: '1', pric: amount },
      ...{ det_item_fee_sumamt: amount, med_list_codg: code_, med_chrgitm_type: '9' },
    });
    const visitOf = (visitNo: string, total: string) => ({
      ...{ fixmedins_mdtrt_id: visitNo, ...who, begntime: `${day} 08:00:00`, endtime: `${day} 18:00:00` },
      ...{ med_type: '21', medfee_sumamt: total },
    });
    const diagnosis = { diag_type: '1', diag_code: 'K35.900', diag_name: '急性阑尾炎' };

    it('[N61 H59] inpatients: lines and visit in any order, complete only when it adds up, and then for ever', async () => {
      const key = { fixmedins_mdtrt_id: 'ZF1', fixmedins_code: beijing.code };
      const lines = [rowOf('ZF1', '1', items['drug-b'].code, '100.00'), rowOf('ZF1', '2', 'NOT-IN-CATALOGUE', '50.00')];
      expect(await code(client().send('4203', { data: key }))).toBe('SELF_PAY_UNKNOWN');
      await ok(client().send('4201A', { fsiOwnpayPatnFeeListDDTO: lines }));
      expect(await code(client().send('4203', { data: key }))).toBe('SELF_PAY_INCOMPLETE');
      await ok(client().send('4202', { ownPayPatnMdtrtD: visitOf('ZF1', '151.00'), ownPayPatnDiagListD: [diagnosis] }));
      expect(await code(client().send('4203', { data: key }))).toBe('SELF_PAY_SUM_WRONG');
      await ok(client().send('4202', { ownPayPatnMdtrtD: visitOf('ZF1', '150.00'), ownPayPatnDiagListD: [diagnosis] }));
      await ok(client().send('4203', { data: key }));
      await ok(client().send('4203', { data: key }));
      expect(await code(client().send('4201A', { fsiOwnpayPatnFeeListDDTO: lines }))).toBe('SELF_PAY_COMPLETE');
      expect(await code(client().send('4204', { feedetail: [key] }))).toBe('SELF_PAY_COMPLETE');
      const page = { ...key, page_num: 1, page_size: 10 };
      const fees = await ok(client().send('4207', { data: page }));
      expect(fees.data.map((one) => [one.preselfpayAmt, one.inscpAmt, one.fulamtOwnpayAmt])).toEqual([
        [10, 90, 0],
        [0, 0, 50],
      ]);
      const { data } = await ok(client().send('4208', { data: page }));
      expect(data[0]).toMatchObject({
        medfeeSumamt: 150,
        cpltFlag: '1',
        certno: expect.stringMatching(/^999\*+\w{4}$/),
      });
      expect((await ok(client().send('4209', { data: page }))).data).toMatchObject([{ diagCode: 'K35.900' }]);
      expect(await code(client(zhuzhou).send('4207', { data: page }))).toBe('SELF_PAY_UNKNOWN');
    });

    it('[N61 H59] outpatients: one message, complete at once; a slip is taken back on the same day', async () => {
      const bill = (total: string) => ({
        mdtrtinfo: { ...visitOf('ZM1', total), med_type: '11' },
        diseinfo: [diagnosis],
        feedetail: [rowOf('ZM1', '1', items['drug-a'].code, '20.00')],
      });
      expect(await code(client().send('4205', bill('21.00')))).toBe('SELF_PAY_SUM_WRONG');
      await ok(client().send('4205', bill('20.00')));
      expect(await code(client().send('4205', bill('20.00')))).toBe('SELF_PAY_COMPLETE');
      await ok(client().send('4206', { data: { fixmedins_mdtrt_id: 'ZM1' } }));
      expect(await code(client().send('4206', { data: { fixmedins_mdtrt_id: 'ZM1' } }))).toBe('SELF_PAY_UNKNOWN');
      await ok(client().send('4205', bill('20.00')));
    });
  });
}

/** The amounts that a trial and its settlement must agree in. */
function amountsOf(info: Json | object): Json {
  return Object.fromEntries(Object.entries(info).filter(([name]) => /amt$|_pay$|dedc$|balc|selfpay$/.test(name)));
}
