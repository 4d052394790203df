import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atShanghai } from '#shared/clock';
import {
  admission,
  chargedRows,
  GatewayClient,
  identityQuestion,
  outpatientSettlement,
  registration,
} from '#shared/gateway-client';
import type { TreatedVisit } from '#shared/gateway-client';
import { conformanceCases } from '../conformance/cases/index.js';
import { reportLines, reportMarkdown } from '../conformance/report-text.js';
import { runConformance } from '../conformance/run-conformance.js';
import { conformanceFacts, readWorld } from '../conformance/world-file.js';
import { startMilliseconds, startTestWorld } from '../demo/testing/test-world.js';
import type { TestWorld } from '../demo/testing/test-world.js';
import { testPortBase } from '../launcher/test-worlds.js';
import { simulatedPeople } from './people.js';
import { settleVisit } from './settle-visit.js';
import { simulatorWorld, startSimulator } from './start-simulator.js';
import type { Simulator } from './start-simulator.js';
import { bash, pageCommandsAt, promisedValues, shownValues, whyNoShell } from './testing/vendor-page.js';
import type { WorldView } from './world-view.js';

const day = '2026-03-02';
const keys = [...Object.keys(simulatedPeople), 'nobody'];

/** The world of the simulator from outside: a client that knows nothing but what GET /simulator answers. */
describe('the simulator', () => {
  let world: TestWorld;
  let simulator: Simulator;
  let view: WorldView;

  beforeAll(async () => {
    world = await startTestWorld(simulatorWorld(testPortBase(process.env)));
    simulator = await startSimulator(world, () => atShanghai(day, '10:00'));
    view = (await readWorld(`${simulator.url}/simulator`)) as WorldView;
  }, startMilliseconds);
  afterAll(async () => {
    await simulator.stop();
    await world.stop();
  }, startMilliseconds);

  const personOf = (key: string) => {
    const found = view.persons.find((one) => one.key === key);
    if (found === undefined) throw new Error(`GET /simulator has no ${key}`);
    return found;
  };
  const clientOf = (code: string, deadlineMs?: number): GatewayClient => {
    const found = view.institutions.find((one) => one.code === code);
    if (found?.paasid === undefined || found.secret === undefined) throw new Error(`${code} has no credential`);
    const now = (): Date => new Date(Date.now() + view.clock.offsetSeconds * 1000);
    const { paasid, secret } = found;
    return new GatewayClient({
      ...{ url: simulator.url, path: '', institution: found, credential: { paasid, secret }, now },
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
  };
  const visitOf = (key: string, id = key): TreatedVisit => {
    const person = personOf(key);
    return { ...person.visit, id: id.toUpperCase().slice(0, 12), person, admittedOn: day, settledOn: day };
  };
  const standing = (fault: string | null): Promise<Response> =>
    fetch(`${simulator.url}/simulator/faults`, { method: 'PUT', body: JSON.stringify({ fault }) });
  const conform = async (only: (id: string) => boolean = () => true) =>
    runConformance(conformanceFacts(await readWorld(`${simulator.url}/simulator`), {}), {
      strict: true,
      cases: conformanceCases.filter(({ id }) => only(id)),
    });

  it('[H79 H81 P5.2] docs/vendors.md pasted into a shell shows what it promises', async () => {
    if ((await whyNoShell()) !== undefined) return;
    const { stdout, stderr } = await bash(pageCommandsAt(simulator.url));
    expect([shownValues(stdout), stderr]).toEqual([promisedValues(), '']);
  });

  it('[H79] the people of GET /simulator are the people that were seeded', () => {
    expect(view.persons.map(({ key }) => key)).toEqual(keys);
    expect(new Set(view.persons.map(({ standsFor }) => standsFor)).size).toBe(keys.length);
    expect(view.clock).toMatchObject({ shanghai: expect.stringMatching(/^2026-03-02 10:/) });
  });

  it.each(keys)('[H79 H81] %s gives what it stands for', async (key) => {
    const { expected, visit, home } = personOf(key);
    const client = clientOf(visit.institution);
    const reached = await settleVisit(client, visitOf(key), home);
    if (expected.infno === '2001') {
      const data = { psn_no: personOf(key).personNo, insutype: '390', med_type: '14', begntime: `${day} 09:00:00` };
      const { output } = await client.send('2001', { data: { ...data, dise_codg: 'M03900' } });
      expect(output?.trtinfo[2]).toMatchObject({ trt_chk_type: '3', trt_enjymnt_flag: '1' });
      return;
    }
    const { infno, answer } = reached;
    const code = /^\[(\w+)\]/.exec(answer.err_msg)?.[1] ?? null;
    expect({ infno, infcode: answer.infcode, code }).toEqual({
      ...{ infno: expected.infno, infcode: expected.infcode, code: expected.code },
    });
    const { setlinfo = {} } = (answer.output ?? {}) as { setlinfo?: object };
    expect(setlinfo).toMatchObject(expected.setlinfo ?? {});
  });

  it('[N31] the items are those of the catalogue that settles, with its limits and first-pay ratios', async () => {
    const client = clientOf('H31000000301');
    const data = { updt_time: '2020-01-01 00:00:00', insu_admdvs: '310000', page_num: 1, page_size: 100 };
    const of = (what: 'priceLimitPerUnit' | 'firstPayRatio') =>
      view.items.flatMap(({ code, places }) =>
        places.filter(({ area }) => area === '310000').map((place) => [code, Number(place[what])] as const),
      );
    const limits = await client.send('1318', { data });
    expect(new Map(limits.output?.data.map((one) => [one.hilist_code, one.hilist_pric_uplmt_amt]))).toEqual(
      new Map(of('priceLimitPerUnit').filter(([, limit]) => limit > 0)),
    );
    const shares = await client.send('1319', { data });
    const given = new Map(shares.output?.data.map((one) => [one.hilist_code, one.selfpay_prop]));
    for (const [code, ratio] of of('firstPayRatio')) expect([code, given.get(code) ?? 0]).toEqual([code, ratio]);
  });

  it('[H79 H81 H82 P5.2] a conformance run is green and each step says what came; the next one of the day balances too', async () => {
    const report = await conform();
    expect(reportLines(report).filter((line) => !line.startsWith('✓'))).toEqual([
      expect.stringContaining('接入自检'),
      expect.stringMatching(/^通过：(\d+)\/\1 步，13 项，/),
    ]);
    expect(report.ok).toBe(true);
    const steps = report.cases.flatMap((one) => one.steps);
    expect(steps.length).toBeGreaterThan(90);
    const rows = reportMarkdown(report).split('\n');
    expect(rows.filter((row) => row.startsWith('| ✓ |'))).toHaveLength(steps.length);
    const balancing = ['identity', 'opening-books', 'outpatient', 'reconciliation'];
    expect((await conform((id) => balancing.includes(id))).ok).toBe(true);
  });

  it('[H82 P5.2] what is broken on purpose is red in the report, and nothing else is', async () => {
    await standing('wrong-area');
    const red = await conform((id) => ['identity', 'stay', 'sign-out'].includes(id));
    await standing(null);
    expect(red.ok).toBe(false);
    expect(red.cases.map(({ id, passed }) => [id, passed])).toEqual([
      ['identity', true],
      ['stay', false],
      ['sign-out', true],
    ]);
    expect(reportLines(red).join('\n')).toMatch(/✗ 2401 入院办理：.*HOME_AREA_DIFFERS/);
    expect(reportMarkdown(red)).toMatch(/```json\n\{"mdtrtinfo"[^]*"infcode":-2/);
    expect((await conform((id) => id === 'stay')).ok).toBe(true);
  });

  it('[H82 P5.2] any gateway: without faults on demand the answer is not read; without a second hospital that part is left out', async () => {
    const given = view.institutions.find(({ code }) => code === view.conformance.hospital);
    const { faultHeader: _fault, otherHospital: _other, ...named } = view.conformance;
    const facts = conformanceFacts(
      { ...view, institutions: [{ code: given?.code, name: given?.name, area: given?.area }], conformance: named },
      { url: world.urls.settlement, key: `${given?.paasid ?? ''}:${given?.secret ?? ''}` },
    );
    const wanted = ['lost-answers', 'early-reversals', 'lost-refunds', 'foreign-visits'];
    const report = await runConformance(facts, {
      ...{ strict: true, cases: conformanceCases.filter(({ id }) => wanted.includes(id)) },
    });
    expect(report.cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.cases.find(({ id }) => id === 'foreign-visits')?.stopped).toContain('未做');
    expect(JSON.stringify(report)).not.toContain(facts.person.identityNumber);
  });

  it('[P5.2 H83] the client never leaves a settlement open: no answer, and it is reversed', async () => {
    const { home, personNo } = personOf('accountShort');
    const visit = { ...visitOf('accountShort', 'sure'), useAccount: false };
    const client = clientOf('H11000000301');
    await client.send('1101', identityQuestion(visit.person));
    const opened = await client.send('2201', registration(visit), { home });
    const visitId = opened.output?.data.mdtrt_id ?? '';
    await client.send('2204', { feedetail: chargedRows(visit, visitId) }, { home });
    const settle = outpatientSettlement(visit, visitId);
    const sendWith = (fault: string, by = client) =>
      by.sendSurely('2207', settle, { home, personNo, headers: { 'x-simulator-fault': fault } });
    expect((await sendWith('cut-before-commit')).kind).toBe('reversed');
    expect((await sendWith('cut-after-commit')).kind).toBe('reversed');
    expect((await sendWith('slow:3000', clientOf('H11000000301', 1_500))).kind).toBe('reversed');
    await standing('cut-before-commit');
    expect((await client.sendSurely('2207', settle, { home, personNo })).kind).toBe('unclear');
    await standing(null);
    expect(await sendWith('filing-down')).toMatchObject({ kind: 'answered', answer: { infcode: 0 } });
    expect(await sendWith('none')).toMatchObject({ kind: 'answered', answer: { infcode: -2 } });
  });

  it('[N14] a filing that ends during a call is missed, and is there again after it', async () => {
    const { home } = personOf('conformance');
    const stay = { ...visitOf('conformance', 'ended'), kind: 'inpatient', medType: '21' } as const;
    const client = clientOf('H11000000301');
    const admit = (headers: Record<string, string>) => client.send('2401', admission(stay), { home, headers });
    expect((await admit({ 'x-simulator-fault': 'expired-filing' })).err_msg).toContain('[NOT_FILED]');
    expect((await admit({})).infcode).toBe(0);
  });

  it('[H79] what the simulator does not know is told so', async () => {
    expect((await standing('nonsense')).status).toBe(400);
    expect((await fetch(`${simulator.url}/nowhere`)).status).toBe(404);
    const headers = { 'x-simulator-fault': 'nonsense' };
    expect((await fetch(`${simulator.url}/1101`, { method: 'POST', headers, body: '{}' })).status).toBe(400);
  });
});
