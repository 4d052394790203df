import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { eventually } from '#shared/testing';
import { identityOf } from '../../bootstrap/lock.mjs';
import type { ServiceName } from '../../launcher/layout.js';
import { placesOf } from '../../launcher/places.js';
import { databaseAddress, withClient } from '../../launcher/postgres-client.js';
import { testPortBase } from '../../launcher/test-worlds.js';
import type { EnvelopeAnswer, Json } from '../doors.js';
import { identityInput, settlementInput } from '../story/hospital-messages.js';
import { persons } from '../world.js';
import { outpatient, send } from './facts.js';
import { firstDay } from './scene.js';
import type { Scene } from './scene.js';

/** Ends services of the scene; nothing can be settled after it. */
export function stopping(scene: Scene): void {
  const { processes, logs } = placesOf(testPortBase(process.env));
  const pidOf = (service: ServiceName): number =>
    (JSON.parse(readFileSync(join(processes, `${service}.json`), 'utf8')) as { pid: number }).pid;
  const hasEnded = async (pid: number): Promise<void> => {
    await eventually(
      () => Promise.resolve(identityOf(pid)),
      (identity) => identity === undefined,
    );
  };

  it('[N13 H16] while filing is down, those whom the treatment side knows are treated and settled', async () => {
    const { desk } = scene.stage;
    const filing = pidOf('filing');
    process.kill(filing, 'SIGTERM');
    await hasEnded(filing);
    const fact = outpatient('ALONE', firstDay);
    await desk.identify(fact);
    const visitId = await desk.register(fact);
    await desk.charge(fact, visitId);
    await desk.settleWithTrial(fact, visitId);
    const stranger = identityInput({ ...persons.A, identityNumber: '999999198001010027' });
    await scene.refusals.ofGateway('PERSON_UNKNOWN', () => send(scene.world.doors, fact, '1101', stranger));
  });

  it('[P5.2 P5.3] asked to stop, a service answers what is under way, sends what it has to say, and ends', async () => {
    const { servers, databaseName, doors, state } = scene.world;
    const pid = pidOf('settlement');
    const fact = outpatient('STOP', firstDay);
    const visitId = await scene.stage.desk.register(fact);
    await scene.stage.desk.charge(fact, visitId);
    await state.settled();

    let answer: Promise<Response> | undefined;
    await withClient(databaseAddress(servers.databaseUrl, databaseName), async (client) => {
      await client.query('begin');
      await client.query('select 1 from settlement.insured_person where person_no = $1 for update', [
        persons.A.personNo,
      ]);
      answer = send(doors, fact, '2207', settlementInput(fact, visitId));
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      await eventually(
        async () => (await client.query(waiting)).rowCount,
        (rows) => rows === 1,
      );
      process.kill(pid, 'SIGTERM');
      const refused = async (): Promise<boolean> =>
        fetch(`${scene.world.urls.settlement}/health/ready`).then(
          (response) => response.status === 503,
          () => true,
        );
      await eventually(refused, (isRefused) => isRefused);
      expect(identityOf(pid)).toBeDefined();
      await client.query('rollback');
    });
    const { infcode, output } = (await (await answer)?.json()) as EnvelopeAnswer;
    expect(infcode).toBe(0);
    const settlementId = (output?.['setlinfo'] as Json)['setl_id'];

    await hasEnded(pid);
    // The launcher strikes it off its list a moment after it has ended.
    await eventually(
      () => Promise.resolve(existsSync(join(processes, 'settlement.json'))),
      (listed) => !listed,
    );
    expect(readFileSync(join(logs, 'settlement.log'), 'utf8')).toMatch(/"msg":"stopped"\}\n$/);
    await state.settled();
    const cleared = await withClient(databaseAddress(servers.databaseUrl, databaseName), async (client) => {
      await client.query(`set yidi.scope = '*'`);
      return client.query('select 1 from clearing.clearing_item where settlement_id = $1', [settlementId]);
    });
    expect(cleared.rowCount).toBe(1);
  });
}
