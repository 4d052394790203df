import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keptPaper, paperText } from '#shared/testing';
import type { TestCaller } from '#shared/testing';
import { HospitalOverHttp, office, reader } from '../testing/hospital-over-http.js';
import { shanghai } from '../testing/settlement-world.js';

const pharmacy = { ...shanghai, institutionCode: 'P31000000401', name: '上海示例大药房', level: 'L0' } as const;
const closed = { ...shanghai, institutionCode: 'H31000000303', name: '上海待准入医院', agreement: 'applied' } as const;

const commitment = {
  ...{ signer: '欧阳测试', relation: 'self', certificateType: '01', certificateNo: '999999198005061234' },
  ...{ phone: '13800000000', happenedAt: '2026-03-15T08:20:00+08:00', place: '上海市示例路人行道' },
  ...{ course: '步行时踩空台阶摔倒，右膝着地', signedOn: '2026-03-16' },
};
const order = {
  ...{ kind: 'purchase', outsideInstitution: pharmacy.institutionCode, items: '示例注射液 1 支' },
  ...{ reason: '本院暂无该药，病情需要', physician: '医师甲', approvedOn: '2026-03-16' },
};

let hospital: HospitalOverHttp;
const put = (path: string, body: object, as: TestCaller = office) =>
  hospital.service.call<{ code?: string }>({ method: 'PUT', path, body, as });
const get = <T = Record<string, unknown>>(path: string, as: TestCaller = reader('430100')) =>
  hospital.service.call<T>({ method: 'GET', path, as });
const trial = (personNo: string, visitId: string, total: string): Promise<string> =>
  hospital.said('2303', hospital.settlement(personNo, visitId, total));

async function paper(path: string, name: string, as?: TestCaller): Promise<string> {
  const answer = await get(path, as);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return keptPaper(answer.bytes, name);
}

beforeAll(async () => {
  hospital = await HospitalOverHttp.start('2026-03-16', [pharmacy, closed]);
  for (const personNo of ['P1', 'P2', 'P3', 'P4']) await hospital.person(personNo, { account: '50000' });
});
afterAll(() => hospital.stop());

describe('an injury', () => {
  const injured = { trum_flag: '1', rel_ttp_flag: '0' } as const;

  it('[N35 H56 P2.4] with a third party is refused at the admission, or when that is found out later', async () => {
    const third = { trum_flag: '1', rel_ttp_flag: '1' } as const;
    expect(await hospital.said('2401', hospital.admission('P1', third))).toBe('THIRD_PARTY_LIABLE');
    const visitId = await hospital.admitted('P1', injured);
    await hospital.charge('P1', visitId, '5000.00');
    expect(await hospital.said('2403', { adminfo: { mdtrt_id: visitId, psn_no: 'P1', ...third } })).toBe('fine');
    expect(await trial('P1', visitId, '5000.00')).toBe('THIRD_PARTY_LIABLE');
    // What was wrongly flagged is put right the same way; then only the commitment is missing.
    await hospital.said('2403', { adminfo: { mdtrt_id: visitId, psn_no: 'P1', ...injured } });
    expect(await trial('P1', visitId, '5000.00')).toBe('INJURY_COMMITMENT_MISSING');
  });

  it('[N35 A11] without one is settled on the commitment that the hospital’s office records, and is to be looked into', async () => {
    const found = await get<{ visitId: string }[]>('/settlement-clues?from=2026-03-16&to=2026-03-16');
    expect(found.body).toEqual([]);
    const visitId = await visitOf('P1');
    const path = `/visits/${visitId}/injury-commitment`;
    expect((await put(path, commitment, { ...office, institution: closed.institutionCode })).status).toBe(404);
    expect((await put(path, { ...commitment, signedOn: '2026-03-17' })).body.code).toBe('BAD_REQUEST');
    expect((await put(path, commitment)).body).toMatchObject({
      signer: '欧阳测试',
      certificateNo: '999***********1234',
    });

    await hospital.discharge('P1', visitId);
    const settlementId = await hospital.settled('P1', visitId, '5000.00');
    expect((await get('/settlement-clues?from=2026-03-16&to=2026-03-16')).body).toEqual([
      expect.objectContaining({ settlementId, kind: 'injury-commitment', article: 'N35' }),
    ]);
    expect((await get('/settlement-clues?from=2026-03-16&to=2026-03-16', reader('440300'))).body).toEqual([]);
    expect((await put(path, commitment)).body.code).toBe('WRONG_STATE');
  });

  it('[N35] the hospital’s word that it holds the signed paper is enough, also for an outpatient; the kind of treatment counts too', async () => {
    const held = { ...injured, exp_content: '{"ttp_cmt_flag":"1"}' };
    const visitId = await hospital.admitted('P2', { ...held, med_type: '22' });
    await hospital.charge('P2', visitId, '800.00');
    expect(await trial('P2', visitId, '800.00')).toBe('fine');
    const registered = await hospital.send('2201', {
      data: { psn_no: 'P2', insutype: '310', begntime: '2026-03-16 10:00:00', ipt_otp_no: 'MZ1', med_type: '19' },
    });
    const outpatientId = registered.output?.data.mdtrt_id ?? '';
    const line = { ...hospital.line('P2', outpatientId, '60.00'), chrg_bchno: 'B1' };
    expect(await hospital.said('2204', { feedetail: [line] })).toBe('fine');
    const bill = { data: { ...hospital.settlement('P2', outpatientId, '60.00').data, chrg_bchno: 'B1' } };
    expect(await hospital.said('2206', bill)).toBe('INJURY_COMMITMENT_MISSING');
    const diseinfo = [{ diag_type: '1', diag_srt_no: '1', diag_code: 'S80.000', diag_name: '膝挫伤' }];
    const mdtrtinfo = { mdtrt_id: outpatientId, psn_no: 'P2', ...held };
    expect(await hospital.said('2203', { mdtrtinfo, diseinfo })).toBe('fine');
    expect(await hospital.said('2207', bill)).toBe('fine');
  });

  it('[A11] the commitment is filled from the record, for the hospital and both areas, or blank for everybody', async () => {
    const path = `/visits/${await visitOf('P1')}/injury-commitment.pdf`;
    const text = await paper(path, 'a11-filled');
    for (const expected of [
      ...['外伤无第三方责任承诺书', '欧阳测试', '13800000000', '居民身份证', '999***********1234', '上海医保经办机构'],
      ...['2026年3月15日8时', '上海市示例路人行道', '踩空台阶', '全额退回医保', '近亲属代签', '2026年3月16日'],
    ])
      expect(text).toContain(expected);
    expect(await paper(path, 'a11-filled', office)).toBe(text);
    expect((await get(path, reader('440300'))).status).toBe(404);
    expect((await get(path, { ...office, institution: closed.institutionCode })).status).toBe(404);
    expect(await paper('/forms/injury-commitment.pdf', 'a11-blank')).toContain('本人于_____年');
  });
});

describe('what is done elsewhere during a stay', () => {
  const outside = (code: string, more: object = {}) => ({ etip_flag: '1', etip_hosp_code: code, ...more });
  let visitId: string;

  it('[N36 H57] is uploaded with the lines of the stay, and refused where it does not belong', async () => {
    visitId = await hospital.admitted('P3');
    const wrong = async (code: string, more: object = {}): Promise<string> => {
      const answer = await hospital.send('2301', {
        feedetail: [hospital.line('P3', visitId, '100.00', outside(code, more))],
      });
      return answer.err_msg;
    };
    expect(await wrong('')).toContain('没有外检医院（药店）编码');
    expect(await wrong(shanghai.institutionCode)).toContain('外检医院是本院');
    expect(await wrong(closed.institutionCode)).toContain('不是本地有效的定点机构');
    expect(await wrong(pharmacy.institutionCode, { fee_ocur_time: '2026-03-15 10:00:00' })).toContain('不在住院期间');
    expect(await hospital.charge('P3', visitId, '900.00')).toBe('fine');
    expect(await hospital.charge('P3', visitId, '100.00', outside(pharmacy.institutionCode))).toBe('fine');
  });

  it('[N36 A12] is part of the same settlement, on the form that the hospital’s office has stamped', async () => {
    await hospital.discharge('P3', visitId, { dscg_dept_name: '骨科二病区' });
    expect(await trial('P3', visitId, '1000.00')).toBe('OUTSIDE_FORM_MISSING');
    const path = `/visits/${visitId}/outside-orders/WG-001`;
    expect((await put(path, { ...order, outsideInstitution: closed.institutionCode })).body.code).toBe(
      'OUTSIDE_ORDER_WRONG',
    );
    expect((await put(path, order)).status).toBe(200);
    expect((await put(path, order)).body).toMatchObject({ orderNo: 'WG-001', kind: 'purchase' });
    expect((await put(path, { ...order, items: '另一种药' })).body.code).toBe('ALREADY_DONE_DIFFERENTLY');
    const settlementId = await hospital.settled('P3', visitId, '1000.00');
    const { body } = await get<{ lines: object[] }>(`/settlements/${settlementId}/lines`);
    expect(body.lines).toEqual([
      expect.objectContaining({ amount: '900.00', outsideInstitution: null, itemName: '示例 DRUG' }),
      expect.objectContaining({ amount: '100.00', outsideInstitution: pharmacy.institutionCode }),
    ]);
    // With the form on record there is nothing to look into.
    const clues = await get<{ settlementId: string }[]>('/settlement-clues?from=2026-03-16&to=2026-03-16');
    expect(clues.body.map((one) => one.settlementId)).not.toContain(settlementId);
  });

  it('[N36] the hospital’s word that it holds the form is enough, and is looked into; an outpatient has no such lines', async () => {
    const other = await hospital.admitted('P4');
    const held = outside(pharmacy.institutionCode, { exp_content: { etip_form_flag: '1' } });
    await hospital.charge('P4', other, '300.00', held);
    await hospital.discharge('P4', other);
    const settlementId = await hospital.settled('P4', other, '300.00');
    const clues = await get<object[]>('/settlement-clues?from=2026-03-16&to=2026-03-16');
    expect(clues.body).toContainEqual(expect.objectContaining({ settlementId, kind: 'outside-form-unseen' }));
    const { output } = await hospital.send('2201', {
      data: { psn_no: 'P4', insutype: '310', begntime: '2026-03-16 10:00:00', ipt_otp_no: 'MZ2' },
    });
    const outpatientId = output?.data.mdtrt_id ?? '';
    const line = hospital.line('P4', outpatientId, '10.00', { ...held, chrg_bchno: 'B1' });
    expect(await hospital.said('2204', { feedetail: [line as never] })).toBe('OUTSIDE_LINE_WRONG');
  });

  it('[A12] the form is filled from the record and listed as JSON, or blank for everybody', async () => {
    const path = `/visits/${visitId}/outside-orders`;
    expect((await get(path)).body).toEqual([expect.objectContaining({ orderNo: 'WG-001', physician: '医师甲' })]);
    expect((await get(path, reader('440300'))).status).toBe(404);
    const text = await paper(`${path}/WG-001.pdf`, 'a12-filled');
    for (const expected of [
      ...['住院期间外院检查治疗或定点药店购药单', '欧阳测试', '性别：男', '岁', '骨科', '髌骨骨折、高血压病'],
      ...['上海示例大药房', '示例注射液1支', '本院暂无该药', '医师签字：医师甲', '医疗保险办公室盖章', '2026年3月16日'],
    ])
      expect(text).toContain(expected);
    expect(await paper('/forms/outside-order.pdf', 'a12-blank')).toContain('XXXX年XX月XX日');
  });
});

describe('the settlement slip', () => {
  it('[A13 N37 H58] has every figure of the settlement, the account among the funds, and both identities', async () => {
    const [found] = await hospital.service.database.source.query<{ id: string }[]>(
      `select settlement_id as id from settlement where person_no = 'P3' and kind = 'charge'`,
    );
    const settlementId = found?.id ?? '';
    const { body } = await get<Record<string, string>>(`/settlements/${settlementId}/slip`);
    const cents = (name: string): number => Math.round(Number(body[name]) * 100);
    expect(cents('total')).toBe(cents('inScope') + cents('firstPay') + cents('overLimit') + cents('ownExpense'));
    expect(cents('total')).toBe(cents('fundTotal') + cents('cash'));
    expect(body).toMatchObject({
      ...{ title: '上海市跨省异地就医住院结算单', patient: '欧阳测试', homeArea: '长沙', department: '骨科二病区' },
      ...{ hospitalLevel: '三级', mainDiagnosis: '髌骨骨折', otherDiagnoses: '高血压病', days: 1 },
    });
    expect(body['funds']).toContainEqual({ name: '个人账户', amount: '500.00' });
    const text = await paper(`/settlements/${settlementId}/slip.pdf`, 'a13');
    for (const name of ['total', 'inScope', 'fundTotal', 'cash', 'deductible', 'department'])
      expect(text).toContain(body[name]);
    expect(text).toContain('999***********');
    expect(text).toContain('总费用=基金支付合计金额+个人现金支付金额');
    expect((await get(`/settlements/${settlementId}/slip`, reader('440300'))).status).toBe(404);
  });

  it('[A13 N42] a refund has one of its own, and the hospital takes the papers like any file of the interface (9102)', async () => {
    const visitId = await visitOf('P4', 'inpatient');
    const [charge] = await hospital.service.database.source.query<{ id: string }[]>(
      `select settlement_id as id from settlement where visit_id = '${visitId}'`,
    );
    const refunded = await hospital.send('2305', {
      data: { mdtrt_id: visitId, setl_id: charge?.id ?? '', psn_no: 'P4' },
    });
    const refundId = refunded.output?.setlinfo.setl_id ?? '';
    const file = await hospital.download(`A13-${refundId}`);
    const text = await keptPaper(file as Uint8Array, 'a13-refund');
    expect(text).toContain('上海市跨省异地就医住院结算单（退费）');
    expect(text).toContain('-300.00');
    expect(await hospital.download('A13-S0')).toMatchObject({ infcode: -2 });
    const textOf = async (...named: [string, string?]): Promise<string> =>
      paperText((await hospital.download(...named)) as Uint8Array);
    const outside = `A12-${await visitOf('P3')}`;
    expect(await textOf(`A11-${await visitOf('P1')}`)).toContain('上海市示例路人行道');
    expect(await textOf(outside, 'WG-001')).toContain('示例注射液1支');
    expect(await hospital.download(outside, 'WG-002')).toMatchObject({ infcode: -2 });
  });
});

async function visitOf(personNo: string, setting = 'inpatient'): Promise<string> {
  const [found] = await hospital.service.database.source.query<{ id: string }[]>(
    'select visit_id as id from visit where person_no = $1 and setting = $2 order by opened_at desc, visit_id desc limit 1',
    [personNo, setting],
  );
  return found?.id ?? '';
}
