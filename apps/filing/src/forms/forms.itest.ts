import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keptPaper, RestTestService } from '#shared/testing';
import type { Filing } from '../filing/filing.js';
import { auditor, clerk, Desk, startFiling } from '../testing/people.js';

let service: RestTestService;
let filed: Filing;

beforeAll(async () => {
  service = await startFiling();
  await service.moveTo('2026-03-02');
  const desk = new Desk(service);
  filed = await desk.filed(await desk.person({ name: '欧阳测试' }), 'long-term-resident', '110000', {
    materials: ['credential', 'filing-form', 'commitment'],
    contact: {
      ...{
        cardNo: 'A12345678',
        homeAddress: '湖南省长沙市示例区示例路 100 号示例小区 3 栋 1201 室',
        phone1: '13800000000',
      },
      ...{
        awayAddress: '北京市示例区示例胡同 8 号',
        phone2: '010-12345678',
        agentName: '欧阳代办',
        agentPhone: '13900000000',
      },
    },
  });
});
afterAll(() => service.stop());

async function paper(path: string, name: string, as = clerk('430100')): Promise<string> {
  const answer = await service.call({ method: 'GET', path, as });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return keptPaper(answer.bytes, name);
}

describe('forms', () => {
  it('[A1 H9] the filing form is filled from the record and carries the filing number', async () => {
    const text = await paper(`/filings/${filed.filingNo}/form.pdf`, 'a1-filled');
    for (const expected of [
      ...[
        '湖南省跨省异地就医登记备案表',
        `备案编号：${filed.filingNo}`,
        '欧阳测试',
        '男',
        '人员类别',
        '登记类别',
        '险种',
      ],
      ...['2.异地长期居住人员', '1.新增', 'A12345678', '示例胡同8号', '13800000000', '010-12345678', '北京'],
      ...['温馨提示', '异地急诊抢救人员视同已备案', '2026年3月2日', '经办人：clerk-430100', '欧阳代办'],
    ])
      expect(text).toContain(expected);
    expect(text).toMatch(/999\*{11}[\dX]{4}/);
  });

  it('[A2 H22] the commitment has the details of person and agent and says how long it is kept', async () => {
    const text = await paper(`/filings/${filed.filingNo}/commitment.pdf`, 'a2-filled');
    for (const expected of [
      ...[
        '基本医疗保险跨省异地就医备案个人承诺书',
        filed.filingNo,
        '欧阳测试',
        '长沙',
        '北京',
        '欧阳代办',
        '13900000000',
      ],
      ...['跨省异地长期居住人员', '承诺事项', '承诺人（签名、指印）', '两年内不得销毁', '由参保地经办机构填写'],
    ])
      expect(text).toContain(expected);
  });

  it('[A1 A2] blank ones for everybody, with the name of the home province and nobody in them', async () => {
    const form = await paper('/forms/filing-form.pdf?area=540100', 'a1-blank');
    expect(form).toContain('西藏自治区跨省异地就医登记备案表');
    expect(form).not.toContain('BA');
    expect(await paper('/forms/commitment.pdf', 'a2-blank')).toContain('个人承诺书');
    expect((await service.call({ method: 'GET', path: '/forms/filing-form.pdf?area=x' })).status).toBe(400);
  });

  it('[A1 P5.3] the full number is printed for a reason only, and that is logged', async () => {
    const reason = encodeURIComponent('打印签字');
    const text = await paper(`/filings/${filed.filingNo}/form.pdf?reason=${reason}`, 'a1-full');
    expect(text).toMatch(/99999919800506\d{3}[\dX]/);
    const log = await service.call<object[]>({ method: 'GET', path: '/access-log', as: auditor('430100') });
    expect(log.body).toEqual([expect.objectContaining({ reason: '打印签字', personNo: filed.personNo })]);
    const reader = { ...clerk('430100'), roles: ['filing.read'] as const };
    const path = `/filings/${filed.filingNo}/form.pdf?reason=${reason}`;
    expect((await service.call({ method: 'GET', path, as: reader })).status).toBe(403);
    expect((await service.call({ method: 'GET', path, as: clerk('110000') })).status).toBe(404);
  });
});
