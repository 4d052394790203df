import Type from 'typebox';
import { defineEvent } from '../../contracts/define-event.js';
import type { EventContract, PayloadOf } from '../../contracts/index.js';
import { rows, SqlMigration } from '../../database/index.js';
import type { Database, Transaction } from '../../database/index.js';
import { BusTables } from '../bus-tables.js';
import type { Envelope } from '../envelope.js';
import type { Outbox } from '../outbox.js';

/** What the tests of the bus send: an amount that is added, so that counting twice shows. */
export const probeCounted = defineEvent({
  topic: 'probe-counted',
  version: 1,
  schema: Type.Object({ amount: Type.Integer() }, { additionalProperties: false }),
  example: { amount: 7 },
});

/** What counting causes: one answer for each message. */
export const probeAnswered = defineEvent({
  topic: 'probe-answered',
  version: 1,
  schema: Type.Object({ answersVersion: Type.Integer() }, { additionalProperties: false }),
  example: { answersVersion: 1 },
});

export const probeSchema = 'clearing';
export const probeContracts: readonly EventContract[] = [probeCounted, probeAnswered];
export type ProbeEvent = Envelope<PayloadOf<typeof probeCounted>>;

/** What a test may put in the place of counting. */
export type ProbeEffect = (event: ProbeEvent, tx: Transaction, outbox: Outbox) => Promise<void>;

class ProbeTables extends SqlMigration {
  readonly name = 'ProbeTables1700000000002';
  readonly statements = {
    up: [
      // total grows with every effect; trail holds the versions in the order of their effects.
      `create table probe (key text primary key, total bigint not null, trail int[] not null)`,
      // what a consumer keeps that goes by the version.
      `create table probe_copy (key text primary key, amount bigint not null, version int not null)`,
    ],
    down: [`drop table probe, probe_copy`],
  };
}

export const probeMigrations = [BusTables, ProbeTables];

/** Everything of the bus and the probe is gone; the application may not truncate. */
export async function emptyProbe(database: Database): Promise<void> {
  const tables = ['outbox', 'inbox', 'inbox_attempt', 'dead_letter', 'bus_alarm', 'bus_count', 'probe', 'probe_copy'];
  for (const table of tables) await database.source.query(`delete from ${table}`);
}

/** Adds up and answers; neither can be done twice without a trace. */
export const countAndAnswer: ProbeEffect = async (event, tx, outbox) => {
  await count(event, tx);
  await outbox.publish(tx, probeAnswered, {
    aggregateId: event.aggregateId,
    aggregateVersion: event.aggregateVersion,
    payload: { answersVersion: event.aggregateVersion },
  });
};

export const count = ({ aggregateId, aggregateVersion, payload }: ProbeEvent, tx: Transaction): Promise<unknown> =>
  tx.query(
    `insert into probe as p (key, total, trail) values ($1, $2, array[$3::int])
     on conflict (key) do update set total = p.total + excluded.total, trail = p.trail || excluded.trail`,
    [aggregateId, payload.amount, aggregateVersion],
  );

/** As the services keep what others own: the newer version wins, whatever comes first. */
export const keepNewest: ProbeEffect = async ({ aggregateId, aggregateVersion, payload }, tx) => {
  await tx.query(
    `insert into probe_copy as c (key, amount, version) values ($1, $2, $3)
     on conflict (key) do update set amount = excluded.amount, version = excluded.version where excluded.version > c.version`,
    [aggregateId, payload.amount, aggregateVersion],
  );
};

export interface ProbeState {
  readonly key: string;
  readonly total: number;
  readonly trail: readonly number[];
}

export const probeState = (tx: Transaction): Promise<ProbeState[]> =>
  rows<ProbeState>(tx, 'select key, total::int as total, trail from probe order by key');

/** The state after each of these was counted once, in the order given per key. */
export function expectedState(
  events: readonly { readonly key: string; readonly version: number; readonly amount: number }[],
): ProbeState[] {
  const byKey = new Map<string, { key: string; total: number; trail: number[] }>();
  for (const { key, version, amount } of events) {
    const state = byKey.get(key) ?? { key, total: 0, trail: [] };
    state.total += amount;
    state.trail.push(version);
    byKey.set(key, state);
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
