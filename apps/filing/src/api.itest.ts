import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { filingCategories, filingChannels } from '#shared/contracts';
import { roles } from '#shared/identity';
import type { Role } from '#shared/identity';
import type { RestTestService, TestCaller } from '#shared/testing';
import { fuzz, operationsOf } from '../../../tools/fuzz/api-fuzzer.js';
import { documentKinds } from './person/rules/identity-document.js';
import { Desk, identityNumber, startFiling } from './testing/people.js';

/** 20 000 before a release: YIDI_FUZZ_REQUESTS=20000 npm test -- apps/filing/src/api */
const requests = Number(process.env['YIDI_FUZZ_REQUESTS'] ?? 2_000);

let service: RestTestService;
let desk: Desk;

beforeAll(async () => {
  service = await startFiling();
  desk = new Desk(service);
  await service.moveTo('2026-03-02');
});
afterAll(() => service.stop());

it(`[H81 P5.2] requests made from the interface document are never answered with 5xx, nor outside their own schema`, async () => {
  const personNos: string[] = [];
  for (let index = 0; index < 30; index += 1) personNos.push(await desk.person());
  const filed = await desk.filed(personNos[0] ?? '', 'referral', '310000');
  const everything = Object.keys(roles).filter(
    (role): role is Role => role !== 'operator' && !role.startsWith('filing.channel.'),
  );
  const callers: TestCaller[] = [
    { agency: '430100', level: 'area', roles: everything, subject: 'clerk', institution: 'H43010000301' },
    { agency: '430100', level: 'area', roles: ['filing.read'], subject: 'reader' },
    { agency: '000000', level: 'nation', roles: ['filing.apply', 'filing.channel.national-app'], subject: 'app' },
    { agency: '310000', level: 'area', roles: everything, subject: 'treatment' },
  ];
  let sent = 0;
  const report = await fuzz({
    document: service.apiDocument(),
    requests,
    seed: 20_260_302,
    known: {
      ...{ personNo: personNos, into: personNos, personNos, filingNo: [filed.filingNo], continues: [filed.filingNo] },
      ...{
        category: [...filingCategories, 'emergency', 'working', 'resident'],
        channel: filingChannels,
        scheme: ['310', '390'],
      },
      ...{ status: ['active', 'suspended', 'ended', 'moved'], certificateType: documentKinds, sex: ['1', '2', '9'] },
      ...{
        destination: ['110000', '310000', '420106', '460100', '430200'],
        area: ['430100', '110000'],
        homeArea: ['430100'],
      },
      ...{
        materials: ['credential', 'filing-form', 'commitment', 'residence-proof', 'referral-proof'],
        side: ['home', 'treatment'],
      },
      ...{ diseaseCode: ['M03900', 'M01600'], decision: ['approve', 'reject'], event: ['approve', 'reject', 'end'] },
      ...{
        identityNumber: Array.from({ length: 20 }, (_, index) => identityNumber(index + 300)),
        which: ['first', 'last'],
      },
      ...{
        certificateNo: [identityNumber(21)],
        name: ['测试人'],
        county: ['430121'],
        agentId: ['village-1'],
        kind: ['village'],
      },
      ...{
        from: ['2026-03-01', '2020-01-01'],
        to: ['2026-03-31'],
        on: ['2026-03-02', '2026-02-01'],
        birthDate: ['1980-05-06'],
      },
      ...{ admittedOn: ['2026-03-01'], dischargedOn: ['2026-03-02'], now: ['2026-03-02T10:00:00+08:00'] },
      file: ['人员编号,姓名\n1,2', 'x', '"'],
    },
    learn: ['filingNo', 'qualificationNo', 'fileNo', 'institutionCode'],
    send: async ({ method, path, body, contentType }) => {
      sent += 1;
      const as = callers[sent % 7] ?? callers[0];
      const answer = await service.call<unknown>({
        ...{ method, path },
        ...(sent % 41 === 0 || as === undefined ? {} : { as }),
        ...(body === undefined ? {} : { body }),
        ...(contentType === undefined ? {} : { contentType }),
      });
      return { status: answer.status, contentType: String(answer.headers['content-type']), body: answer.body };
    },
  });
  expect(report.faults).toEqual([]);
  expect(operationsOf(service.apiDocument())).toHaveLength(report.operations);
  expect(report.reached.length).toBeGreaterThan(report.operations * 0.6);
}, 3_600_000);
