import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { eventually } from '#shared/testing';
import { SERVICES } from '../../launcher/layout.js';
import type { ServiceName } from '../../launcher/layout.js';
import { placesOf } from '../../launcher/places.js';
import type { EnvelopeAnswer, Json } from '../doors.js';
import { partiesOf, settlementInput } from '../story/hospital-messages.js';
import { persons } from '../world.js';
import { outpatient } from './facts.js';
import { firstDay } from './scene.js';
import type { Scene } from './scene.js';

interface LogLine {
  readonly level: string;
  readonly time: string;
  readonly service: string;
  readonly msg: string;
  readonly traceId?: string;
  readonly type?: string;
}

/** What every service has: health, figures, its API page, and logs that can be followed from one service to the next. */
export function serviceDoors(scene: Scene): void {
  const logText = (service: ServiceName): string =>
    readFileSync(join(placesOf(scene.world.portBase).logs, `${service}.log`), 'utf8');
  const logOf = (service: ServiceName): LogLine[] =>
    logText(service)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  const get = (service: ServiceName, path: string): Promise<Response> => fetch(scene.world.urls[service] + path);

  describe.each(SERVICES)('%s', (service) => {
    it('[P5.3] is alive, and ready with database, bus and day jobs', async () => {
      const live = await get(service, '/health/live');
      expect([live.status, await live.json()]).toMatchObject([200, { status: 'ok' }]);
      const ready = await get(service, '/health/ready');
      const up = { status: 'up' };
      expect([ready.status, await ready.json()]).toMatchObject([
        200,
        { status: 'ok', details: { database: up, bus: up, jobs: up } },
      ]);
    });

    it('[P5.3] counts and times its requests for whoever measures it', async () => {
      const metrics = await get(service, '/metrics');
      expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
      const text = await metrics.text();
      expect(text).toMatch(
        /yidi_http_request_seconds_count\{method="PUT",route="\/operations\/clock",status="200"\} [1-9]/,
      );
      expect(text).toMatch(/process_resident_memory_bytes \d/);
    });

    it('[P5.2] shows its interface as a page and as an OpenAPI document', async () => {
      const page = await get(service, '/docs');
      expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(/swagger/i)]);
      const document = (await (await get(service, '/docs-json')).json()) as {
        openapi: string;
        paths: Json;
        info: { title: string };
      };
      expect(document.openapi).toMatch(/^3\./);
      expect(document.info.title).toContain(service);
      expect(Object.keys(document.paths)).toContain('/operations/clock');
    });

    it('[P5.3] writes one JSON object per line, with time, level and its name, and no identity number', () => {
      const lines = logOf(service);
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines) {
        expect(line).toMatchObject({
          service,
          level: expect.stringMatching(/^(info|warn|error)$/),
          msg: expect.any(String),
        });
        expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
      }
      for (const { identityNumber } of Object.values(persons)) expect(logText(service)).not.toContain(identityNumber);
    });
  });

  it('[P5.3] one trace goes with a settlement over HTTP and Kafka, also when three are committed together', async () => {
    const { doors } = scene.world;
    const { desk } = scene.stage;
    const facts = ['TRACE1', 'TRACE2', 'TRACE3'].map((id) => outpatient(id, firstDay));
    const visits: string[] = [];
    for (const fact of facts) {
      const visitId = await desk.register(fact);
      await desk.charge(fact, visitId);
      visits.push(visitId);
    }
    const traces = facts.map(() => randomBytes(16).toString('hex'));
    const settle = async (index: number): Promise<void> => {
      const fact = facts[index];
      const trace = traces[index] ?? '';
      if (fact === undefined) return;
      const { institution, home } = partiesOf(fact);
      const message = doors.message(institution, '2207', settlementInput(fact, visits[index] ?? ''), home);
      const traceparent = `00-${trace}-${randomBytes(8).toString('hex')}-01`;
      const response = await doors.post({ ...message, headers: { ...message.headers, traceparent } });
      expect(response.headers.get('x-trace-id')).toBe(trace);
      expect(((await response.json()) as EnvelopeAnswer).infcode).toBe(0);
    };
    await Promise.all(facts.map((_, index) => settle(index)));
    const linesOf = (service: ServiceName, trace: string): string[] =>
      logOf(service)
        .filter(({ traceId }) => traceId === trace)
        .map(({ msg, type }) => type ?? msg);
    for (const trace of traces) {
      expect(linesOf('settlement', trace)).toEqual(['request']);
      const cleared = (): Promise<string[]> => Promise.resolve(linesOf('clearing', trace));
      expect(await eventually(cleared, (lines) => lines.length > 0)).toEqual(['settlement-completed']);
    }
  });

  it('[P5.3] a call without a trace gets one, and the answer says which', async () => {
    const answer = await get('funds', '/transfers');
    const traceId = answer.headers.get('x-trace-id');
    expect(await answer.json()).toMatchObject({ code: 'NOT_SIGNED_IN', traceId });
  });
}
