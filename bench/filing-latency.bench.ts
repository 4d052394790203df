import { setTimeout as sleep } from 'node:timers/promises';
import { Database, rows } from '#shared/database';
import type { Bench, BenchServers, Measurement } from '../tools/bench/bench.js';
import { withServices } from '../tools/bench/with-services.js';
import { mintToken } from '../tools/launcher/development-keys.js';

const perSecond = 200;
const seconds = Number(process.env['YIDI_BENCH_SECONDS'] ?? 30);
const senders = 24;
const desk = {
  agency: '430100',
  level: 'area',
  subject: 'bench',
  roles: ['filing.persons', 'filing.apply', 'filing.decide'],
} as const;

/** 备案变更可见时间: from the answer of filing to the row that the gateway reads, at 200 changes a second. */
export const bench: Bench = {
  name: 'filing-latency',
  servers: true,
  async run(servers) {
    if (servers === undefined) throw new Error('this bench needs the servers');
    return withServices(servers, 'yidi_bench_latency', async ({ urls, databases, keys }) => {
      const { appUrl: url } = databases.settlement;
      const copy = await Database.connect({ url, schema: 'settlement', applicationName: 'yidi-bench' });
      try {
        return await measure(urls.filing, await mintToken(desk, keys), copy, servers);
      } finally {
        await copy.close();
      }
    });
  },
};

async function call(url: string, token: string, method: string, body: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The version that the gateway's copy has of each filing that was asked for. */
const seen = (copy: Database, filingNos: readonly string[]): Promise<{ filingNo: string; version: number }[]> =>
  rows(copy.source.manager, 'select filing_no as "filingNo", version from filing_copy where filing_no = any($1)', [
    filingNos,
  ]);

async function measure(
  filingUrl: string,
  token: string,
  copy: Database,
  { signal }: BenchServers,
): Promise<Measurement[]> {
  const filingNos = await prepare(filingUrl, token);
  const pending = new Map<string, { version: number; at: number }[]>();
  const waits: number[] = [];
  let sending = true;
  const watch = async (): Promise<void> => {
    while ((sending || pending.size > 0) && !signal.aborted) {
      for (const { filingNo, version } of await seen(copy, [...pending.keys()])) {
        const now = performance.now();
        const left = (pending.get(filingNo) ?? []).filter((one) => {
          if (one.version > version) return true;
          waits.push(now - one.at);
          return false;
        });
        if (left.length === 0) pending.delete(filingNo);
        else pending.set(filingNo, left);
      }
      await sleep(25);
    }
  };
  const watching = watch();
  const begun = performance.now();
  let sent = 0;
  /** Each sender takes its turn in the beat; a service that is slower than the beat is asked for less, and the row says so. */
  const send = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000 && !signal.aborted) {
      const turn = sent++;
      const ahead = (turn / perSecond) * 1000 - (performance.now() - begun);
      if (ahead > 0) await sleep(ahead);
      const filingNo = filingNos[turn % filingNos.length] ?? '';
      const body = { contact: { phone1: String(turn) } };
      const { version } = await call(`${filingUrl}/filings/${filingNo}/change`, token, 'POST', body);
      pending.set(filingNo, [...(pending.get(filingNo) ?? []), { version: Number(version), at: performance.now() }]);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  const achieved = sent / ((performance.now() - begun) / 1000);
  sending = false;
  await watching;
  waits.sort((a, b) => a - b);
  const at = (share: number): string => `${(waits[Math.floor(waits.length * share)] ?? 0).toFixed(0)} ms`;
  const note = `seen by the gateway after: p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(0.99999)}; ${perSecond}/s were asked for`;
  return [{ what: 'filing changes', perSecond: achieved, note }];
}

/** 400 persons with a filing each. */
async function prepare(filingUrl: string, token: string): Promise<string[]> {
  const filingNos: string[] = [];
  for (let index = 0; index < 400; index += 1) {
    const personNo = `430100${String(index).padStart(20, '0')}`;
    const insurance = {
      scheme: '310',
      personType: '1101',
      category: 'working',
      tier: null,
      status: 'active',
      to: null,
    };
    await call(`${filingUrl}/persons/${personNo}`, token, 'PUT', {
      ...{ name: '测试人', sex: '1', birthDate: '1980-05-06', certificateType: '08', homeArea: '430100' },
      ...{ identityNumber: `E${10_000_000 + index}`, insurances: [{ ...insurance, from: '2020-01-01' }] },
    });
    const filed = await call(`${filingUrl}/filings`, token, 'POST', {
      ...{ personNo, category: 'other-temporary', destination: '110000', channel: 'counter' },
      materials: ['credential', 'filing-form'],
    });
    filingNos.push(String(filed['filingNo']));
  }
  return filingNos;
}
