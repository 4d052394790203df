import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HospitalOverHttp, reader } from '../testing/hospital-over-http.js';
import { shanghai } from '../testing/settlement-world.js';

let hospital: HospitalOverHttp;
const get = <T = Record<string, unknown>>(path: string, as = reader('430100')) =>
  hospital.service.call<T>({ method: 'GET', path, as });

beforeAll(async () => {
  hospital = await HospitalOverHttp.start('2026-03-16');
  await hospital.person('P5', { filed: false });
});
afterAll(() => hospital.stop());

describe('an emergency', () => {
  it('[N34 H55 N8(5)] said with the charges or the settlement only, is one all the same; surgery that was planned is none', async () => {
    const routeOf = async (line: object, bill: object): Promise<unknown> => {
      const registered = await hospital.send('2201', {
        data: { psn_no: 'P5', insutype: '310', begntime: '2026-03-16 10:00:00', ipt_otp_no: 'MZ5' },
      });
      const visitId = registered.output?.data.mdtrt_id ?? '';
      await hospital.send('2204', {
        feedetail: [{ ...hospital.line('P5', visitId, '60.00', line), chrg_bchno: 'B1' }],
      });
      const input = hospital.settlement('P5', visitId, '60.00', bill).data;
      const settled = await hospital.send('2207', { data: { ...input, chrg_bchno: 'B1' } });
      const found = await get(`/settlements/${settled.output?.setlinfo.setl_id ?? ''}`);
      return found.body['route'];
    };
    expect(await routeOf({ exp_content: '{"er_flag":"1"}' }, {})).toBe('emergency');
    expect(await routeOf({}, { exp_content: { er_flag: 1 } })).toBe('emergency');
    expect(await routeOf({ exp_content: '{"er_flag":"3"}' }, { exp_content: { er_flag: '0' } })).toBe('none');
  });

  it('[N34 H55 N8(5)] of an inpatient is 急诊转住院 or a flag, and needs no filing', async () => {
    expect(await hospital.said('2401', hospital.admission('P5'))).toBe('NOT_FILED');
    expect(await hospital.said('2401', hospital.admission('P5', { er_flag: '0', exp_content: { er_flag: '2' } }))).toBe(
      'NOT_FILED',
    );
    const visitId = await hospital.admitted('P5', { med_type: '24' });
    await hospital.charge('P5', visitId, '700.00');
    await hospital.discharge('P5', visitId);
    const slip = await get(`/settlements/${await hospital.settled('P5', visitId, '700.00')}/slip`);
    expect(slip.body).toMatchObject({ admissionWay: '急诊', total: '700.00' });
  });

  it('[N34] a flag without any diagnosis is described as something to look into', async () => {
    const bare = { ...hospital.admission('P5', { med_type: '24' }), diseinfo: [] };
    const { output } = await hospital.send('2401', bare);
    const visitId = output?.result.mdtrt_id ?? '';
    await hospital.charge('P5', visitId, '70.00');
    await hospital.discharge('P5', visitId);
    const settlementId = await hospital.settled('P5', visitId, '70.00');
    const clues = await get<object[]>('/settlement-clues?from=2026-03-16&to=2026-03-16', reader('310000'));
    expect(clues.body).toContainEqual({
      ...{ settlementId, kind: 'emergency-undiagnosed', article: 'N34', settledOn: '2026-03-16' },
      ...{ institutionCode: shanghai.institutionCode, homeArea: '430100', treatmentArea: '310000' },
      text: '凭急诊标志视同已备案，但没有任何诊断，需核查急诊是否属实',
    });
  });
});
