import { identityQuestion } from '#shared/gateway-client';
import type { Bench, BenchServers, Measurement } from '../tools/bench/bench.js';
import { withServices } from '../tools/bench/with-services.js';
import { Doors } from '../tools/demo/doors.js';
import { HospitalDesk } from '../tools/demo/story/hospital-desk.js';
import { partiesOf, settlementInput } from '../tools/demo/story/hospital-messages.js';
import { playOpening } from '../tools/demo/story/play-opening.js';
import type { VisitFact } from '../tools/demo/story/visits.js';
import { silentTeller } from '../tools/demo/teller.js';
import { mintToken } from '../tools/launcher/development-keys.js';

const visits = Number(process.env['YIDI_BENCH_VISITS'] ?? 400);
const windows = 16;

/** An outpatient in Beijing with one drug: a day on which the opening leaves the clock. */
const visit = (n: number): VisitFact => ({
  ...{ id: `BENCH${n}`, person: 'A', institution: 'H-BJ3', kind: 'outpatient', medType: '11' },
  ...{ admittedOn: '2026-03-02', settledOn: '2026-03-02', useAccount: false },
  lines: [{ item: 'drug-a', price: '90.00', quantity: 1 }],
});

/** 结算网关: identification, trial and settlement over HTTP by the typed client, beside the barest answer of the same service. */
export const bench: Bench = {
  name: 'gateway',
  servers: true,
  async run(servers) {
    if (servers === undefined) throw new Error('this bench needs the servers');
    return withServices(servers, 'yidi_bench_gateway', async ({ urls, keys }) => {
      const doors = new Doors({ urls, mint: (who) => mintToken(who, keys) });
      await playOpening(doors, silentTeller);
      return measure(doors, urls.settlement, servers);
    });
  },
};

async function measure(doors: Doors, url: string, { signal }: BenchServers): Promise<Measurement[]> {
  const desk = new HospitalDesk(doors);
  const facts = Array.from({ length: visits }, (_, n) => visit(n));
  const ids = new Map<VisitFact, string>();
  await perSecond(facts, signal, async (fact) => {
    const visitId = await desk.register(fact);
    await desk.charge(fact, visitId);
    ids.set(fact, visitId);
  });
  const send = (infno: '2206' | '2207') => async (fact: VisitFact) => {
    const { institution, home } = partiesOf(fact);
    await doors.settle(institution, infno, settlementInput(fact, ids.get(fact) ?? ''), home);
  };
  const bare = await perSecond(facts, signal, async () => {
    await (await fetch(`${url}/health/live`)).arrayBuffer();
  });
  const identified = await perSecond(facts, signal, async (fact) => {
    const { institution, person } = partiesOf(fact);
    await doors.settle(institution, '1101', identityQuestion(person));
  });
  const tried = await perSecond(facts, signal, send('2206'));
  const settled = await perSecond(facts, signal, send('2207'));
  const beside = (what: string, speed: number): Measurement => ({
    ...{ what, perSecond: speed, comparedWith: 'a bare answer', ratio: speed / bare },
    note: `${windows} windows`,
  });
  return [
    { what: 'a bare answer of the same service', perSecond: bare },
    beside('1101 identified', identified),
    beside('2206 tried', tried),
    beside('2207 settled', settled),
  ];
}

/** Work for each, so many at once; how many were done in a second. */
async function perSecond(
  facts: readonly VisitFact[],
  signal: AbortSignal,
  work: (fact: VisitFact) => Promise<unknown>,
): Promise<number> {
  const waiting = [...facts];
  const begun = performance.now();
  const window = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined && !signal.aborted; next = waiting.pop()) await work(next);
  };
  await Promise.all(Array.from({ length: windows }, window));
  return facts.length / ((performance.now() - begun) / 1_000);
}
