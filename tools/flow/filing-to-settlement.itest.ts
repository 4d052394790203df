import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Inbox } from '#shared/bus';
import { addDays, Clock, SystemClock } from '#shared/clock';
import { filingCategories, serviceTopics } from '#shared/contracts';
import { rows } from '#shared/database';
import { covers, lastDayOf } from '#shared/filing';
import { withSharedTables } from '#shared/service';
import { testDatabase } from '#shared/testing';
import type { TestDatabase, RestTestService } from '#shared/testing';
import { isStanding } from '../../apps/filing/src/filing/filing.js';
import type { Filing } from '../../apps/filing/src/filing/filing.js';
import { overlap } from '../../apps/filing/src/filing/rules/overlap.js';
import { channelClient, clerk, Desk, materials, startFiling } from '../../apps/filing/src/testing/people.js';
import { migrations as settlementMigrations } from '../../apps/settlement/src/migrations/index.js';
import { CarryOverNumber } from '../../apps/settlement/src/person/carry-over-number.js';
import { FilingTopicsConsumer } from '../../apps/settlement/src/person/filing-topics.consumer.js';
import { filingsOf } from '../../apps/settlement/src/person/known-person.repository.js';
import { decideRoute } from '../../apps/settlement/src/visit/rules/decide-route.js';

const places = ['110000', '310000', '460100', '420100'] as const;
const consumer = new FilingTopicsConsumer(new CarryOverNumber(new SystemClock()));
const effects: Readonly<Record<string, unknown>> = {
  'insured-person-changed': consumer.person.bind(consumer),
  'filing-changed': consumer.filing,
  'qualification-changed': consumer.qualification,
};

let filing: RestTestService;
let settlement: TestDatabase;
let inbox: Inbox;
let desk: Desk;
let offset = 0;

beforeAll(async () => {
  filing = await startFiling();
  desk = new Desk(filing);
  await filing.moveTo('2026-03-02');
  settlement = await testDatabase('settlement', withSharedTables(settlementMigrations));
  inbox = new Inbox({
    ...{ database: settlement.database, topicPrefix: '', clock: new SystemClock() },
    contracts: serviceTopics.settlement.consumed,
    effectOf: (topic) => effects[topic] as never,
    deadLetter: (message, reason) => Promise.reject(new Error(`${message.topic}: ${reason}`)),
    onTrouble: (error) => {
      throw error;
    },
  });
});
afterAll(async () => {
  await filing.stop();
  await settlement.drop();
});

interface Sent {
  readonly topic: string;
  readonly body: Buffer;
}

/** Takes what filing has said since the last time. */
const said = (): Promise<Sent[]> =>
  rows<Sent>(
    filing.database.source.manager,
    'with gone as (delete from outbox returning topic, body, position) select topic, body from gone order by position',
  );

async function deliver(messages: readonly Sent[]): Promise<void> {
  const holding = { stillOurs: () => true, heartbeat: () => Promise.resolve() };
  for (const { topic, body } of messages) {
    if (!(topic in effects)) continue;
    offset += 1;
    await inbox.take(
      { topic, partition: 0, offset: String(offset), key: Buffer.from(''), value: body, headers: {} },
      holding,
    );
  }
}

/** The copy that settlement keeps, as one hash over everything that filing told, versions included. */
async function copyHash(): Promise<string> {
  const { manager } = settlement.database.source;
  const tables = ['insured_person', 'filing_copy', 'qualification_copy'];
  const lines = await Promise.all(
    tables.map((table) => rows<{ line: string }>(manager, `select t::text as line from ${table} t order by 1`)),
  );
  return createHash('sha256')
    .update(
      lines
        .flat()
        .map(({ line }) => line)
        .join('\n'),
    )
    .digest('hex');
}

type Step = readonly [kind: string, who: number, what: number, where: number];
const kinds = [
  'file',
  'file',
  'file',
  'ask',
  'decide',
  'cancel',
  'move',
  'extend',
  'prove',
  'status',
  'status',
  'time',
  'qualify',
];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(...kinds),
  fc.nat({ max: 5 }),
  fc.nat({ max: 11 }),
  fc.nat({ max: places.length - 1 }),
);

const theirs = async (no: string): Promise<Filing[]> =>
  (await filing.call<Filing[]>({ method: 'GET', path: `/filings?personNo=${no}`, as: clerk('430100') })).body;

/** One thing that may happen at the desk; refusals are as good an outcome as any. */
async function play([kind, who, what, where]: Step, persons: readonly string[]): Promise<void> {
  const no = persons[who % persons.length] ?? '';
  const today = filing.app.get(Clock).today();
  const category = filingCategories[what % filingCategories.length] ?? 'referral';
  const destination = places[where] ?? places[0];
  const proof = what % 2 === 0 ? (materials[category] ?? []) : ['credential', 'filing-form', 'commitment'];
  const pick = async (wanted: (one: Filing) => boolean): Promise<string> =>
    (await theirs(no)).filter(wanted)[what % 2]?.filingNo ?? 'none';
  switch (kind) {
    case 'file':
      await desk.file(no, category, destination, { materials: proof });
      break;
    case 'ask': {
      const as = channelClient('filing.channel.national-app');
      const body = { personNo: no, category, destination, channel: 'national-app', materials: proof };
      await filing.call({ method: 'POST', path: '/filings', as, body });
      break;
    }
    case 'decide': {
      const decision = what % 3 === 0 ? { decision: 'reject', reason: '不符' } : { decision: 'approve' };
      await desk.act(await pick(({ status }) => status === 'applied'), 'decision', decision);
      break;
    }
    case 'cancel':
      await desk.act(await pick(() => true), 'cancellation', { reason: '本人申请' });
      break;
    case 'move':
      await desk.act(await pick(isStanding), 'change', { destination });
      break;
    case 'extend':
      await desk.act(await pick(isStanding), 'extension');
      break;
    case 'prove':
      await desk.act(await pick(({ commitmentDueOn }) => commitmentDueOn !== null), 'materials', {
        materials: ['residence-proof', 'labour-contract', 'household-first-page', 'register-card'],
      });
      break;
    case 'status': {
      const status = (['active', 'suspended', 'active', 'ended', 'active', 'suspended'] as const)[what % 6] ?? 'active';
      await desk.status(no, status, addDays(today, [0, -3, -20, 5][where] ?? 0));
      break;
    }
    case 'time':
      await filing.moveTo(addDays(today, [1, 9, 40, 184][where] ?? 1));
      break;
    default: {
      const as = clerk('430100');
      await filing.call({ method: 'POST', path: '/qualifications', as, body: { personNo: no, diseaseCode: 'M03900' } });
    }
  }
}

/** Late, twice and out of order: some now, everything later in another order, some once more. */
async function deliverBadly(messages: readonly Sent[], order: readonly number[]): Promise<void> {
  const shuffled = messages
    .map((message, index) => ({ message, at: (order[index % order.length] ?? 0) * 31 + index * 17 }))
    .sort((a, b) => (a.at % 101) - (b.at % 101))
    .map(({ message }) => message);
  await deliver(shuffled.slice(0, Math.ceil(shuffled.length / 3)));
  await deliver(shuffled.toReversed());
  await deliver(shuffled.slice(0, 5));
}

/** What the gateway would say about a person at a place today, from its copy. */
async function believed(no: string, treatmentArea: string): Promise<string[]> {
  const today = filing.app.get(Clock).today();
  const copy = await filingsOf(settlement.database.source.manager, [no]);
  const care = { treatmentArea, admittedOn: today, today, reach: 'destination' } as const;
  return copy.filter((one) => covers(one, care)).map(({ filingNo }) => filingNo);
}

async function answered(no: string, treatmentArea: string): Promise<string[]> {
  const revealed = await filing.call<{ identityNumber: string }>({
    method: 'POST',
    path: `/persons/${no}/identity-number`,
    as: clerk('430100'),
    body: { reason: '测试' },
  });
  const body = { certificateNo: revealed.body.identityNumber, name: '测试人' };
  const as = clerk(treatmentArea);
  const answer = await filing.call<{ filings: Filing[] }>({ method: 'POST', path: '/visit-queries', as, body });
  return answer.body.filings.map(({ filingNo }) => filingNo).sort();
}

describe('from filing to settlement', () => {
  it('[N13 H16] after any sequence of events, delivered late, twice and out of order, the gateway believes what filing answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 25, maxLength: 40 }),
        fc.array(fc.nat({ max: 100 }), { minLength: 7, maxLength: 7 }),
        async (steps, order) => {
          const persons: string[] = [];
          for (let index = 0; index < 3; index += 1) persons.push(await desk.person());
          for (const one of steps) await play(one, persons);
          await deliverBadly(await said(), order);
          const today = filing.app.get(Clock).today();
          for (const no of persons) {
            for (const place of places) expect(await believed(no, place)).toEqual(await answered(no, place));
            const standing = (await theirs(no)).filter(isStanding);
            for (const one of standing) {
              expect((lastDayOf(one) ?? today) >= today).toBe(true);
              for (const other of standing) if (one !== other) expect(overlap(one, other)).toBe('beside');
            }
          }
        },
      ),
      { numRuns: 5, seed: 20_260_302, endOnFailure: true },
    );
  }, 300_000);

  it('[H22 P2.5 N13] a commitment not kept: both services stop on the same day, with or without the message', async () => {
    const today = filing.app.get(Clock).today();
    const no = await desk.person();
    const { filingNo, commitmentDueOn } = await desk.filed(no, 'long-term-resident', '110000', {
      materials: ['credential', 'filing-form', 'commitment'],
    });
    await deliver(await said());
    const last = commitmentDueOn ?? today;
    /** What the gateway decides about an admission that day in Beijing, and at home. */
    const routes = async (on: string): Promise<unknown[]> => {
      const filings = await filingsOf(settlement.database.source.manager, [no]);
      const visit = { homeArea: '430100', emergency: false, filingNeeded: true, filings, admittedOn: on, today: on };
      const at = (treatmentArea: string) => decideRoute({ ...visit, treatmentArea })?.route ?? 'not filed';
      return [at('110000'), at('430100'), (await desk.look(filingNo)).status];
    };
    await filing.moveTo(last);
    expect(await routes(last)).toEqual(['long-term', 'not filed', 'effective']);
    const after = addDays(last, 1);
    await filing.moveTo(after);
    const withoutNews = await routes(after);
    await deliver(await said());
    expect(await routes(after)).toEqual(withoutNews);
    expect(withoutNews).toEqual(['not filed', 'none', 'unfiled']);
  });

  it('[N13] a copy that was lost is rebuilt hash for hash from what filing says again, and saying it again changes nothing', async () => {
    await deliver(await said());
    const before = await copyHash();
    const operator = { agency: '000000', level: 'operator', roles: ['operator'], subject: 'operator' } as const;
    const again = async (): Promise<void> => {
      const answer = await filing.call({ method: 'POST', path: '/operations/republish', as: operator });
      expect(answer.status).toBe(200);
      await deliver(await said());
    };
    await again();
    expect(await copyHash()).toBe(before);
    for (const table of ['filing_copy', 'qualification_copy', 'insured_person'])
      await settlement.database.source.query(`delete from ${table}`);
    expect(await copyHash()).not.toBe(before);
    await again();
    expect(await copyHash()).toBe(before);
  }, 120_000);
});
