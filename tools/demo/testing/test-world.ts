import { randomBytes } from 'node:crypto';
import { asAdmin } from '#shared/testing';
import { testPortBase } from '../../launcher/test-worlds.js';
import { startWorld } from '../../launcher/world.js';
import type { World, WorldOptions } from '../../launcher/world.js';
import { Doors } from '../doors.js';
import { StoredState } from './stored-state.js';

/** Starting five services takes a while on a machine that is doing other things as well. */
export const startMilliseconds = 240_000;

export interface TestWorld extends Omit<World, 'stop'> {
  readonly doors: Doors;
  readonly state: StoredState;
  /** Stops the services and drops the database and the topics. */
  stop(): Promise<void>;
}

/** The five services for one test file, on the servers of this run: ports, database and topics that no other file uses. */
export async function startTestWorld(
  options: Pick<WorldOptions, 'services' | 'settlementEnvironment'> = {},
): Promise<TestWorld> {
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  const world = await startWorld({
    portBase: testPortBase(process.env),
    databaseName: name,
    topicPrefix: `${name}.`,
    ...options,
  });
  const doors = new Doors({ urls: world.urls, mint: (who) => world.tokens.mint(who) });
  const state = await StoredState.of(world.servers.databaseUrl, name);
  const stop = async (): Promise<void> => {
    await state.close();
    await world.stop();
    await asAdmin((client) => client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`));
  };
  return { ...world, doors, state, stop };
}
