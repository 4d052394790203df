import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { testBrokers, testDatabaseServer } from '#shared/testing';
import { developmentKeys, mintToken } from './development-keys.js';
import { runExternal } from './external.js';
import { SERVICES } from './layout.js';
import type { ServiceEnvironment } from './layout.js';
import { deleteTopics } from './kafka-client.js';
import { placesOf, preparePlaces, projectRoot } from './places.js';
import type { Places } from './places.js';
import { withClient } from './postgres-client.js';
import { provision } from './provision.js';
import { serviceEnvironment } from './service-environment.js';
import { migrateService, startService } from './service-process.js';
import type { RunningService, ServicePlan } from './service-process.js';
import { testPortBase } from './test-worlds.js';

const apps = join(projectRoot, 'dist/apps');
const issuer = 'https://issuer.example';
const name = `start_${randomBytes(6).toString('hex')}`;
const topicPrefix = `${name}.`;

describe('the start of a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yidi-start-'));
  let places: Places;
  let environment: ServiceEnvironment;
  let privateKey: CryptoKey;

  beforeAll(async () => {
    const portBase = testPortBase(process.env);
    places = { ...placesOf(portBase), logs: join(folder, 'logs'), processes: join(folder, 'processes'), state: folder };
    preparePlaces(places);
    const databases = await provision(testDatabaseServer(), name);
    const common = { portBase, databases, kafkaBrokers: testBrokers(), topicPrefix, nodeEnvironment: 'production' };
    environment = serviceEnvironment('filing', { ...common, keys: await developmentKeys() });
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    ({ privateKey } = pair);
    const own = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'EdDSA', use: 'sig' }] };
    const production = { YIDI_MODE: 'production', YIDI_OIDC_ISSUER: issuer, YIDI_OIDC_JWKS: JSON.stringify(own) };
    environment = { ...environment, ...production };
    await migrateService(plan(), 'up');
  });
  afterAll(async () => {
    await deleteTopics(testBrokers(), topicPrefix);
    await withClient(testDatabaseServer(), (client) => client.query(`drop database if exists ${name} with (force)`));
    rmSync(folder, { recursive: true, force: true });
  });

  const plan = (more: Partial<ServiceEnvironment> = {}): ServicePlan => ({
    service: 'filing',
    environment: { ...environment, ...more },
    places,
    apps,
  });
  /** The program itself, with exactly these variables: its exit code and what it says. */
  const run = (service: string, given: NodeJS.ProcessEnv) =>
    runExternal(process.execPath, [join(apps, service, 'src/main.js')], {
      env: { PATH: process.env['PATH'], ...given },
      timeoutSeconds: 60,
    });

  it.each(SERVICES)('[P5.3] %s without its configuration says one sentence per variable and ends', async (service) => {
    const { code, output } = await run(service, {});
    expect(code).toBe(1);
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line).toMatch(new RegExp(`^${service}: [A-Z_]+ must [^.]+\\.$`));
  });

  it('[P5.3] production refuses the development issuer in one sentence', async () => {
    const { code, output } = await run('filing', { ...environment, YIDI_OIDC_ISSUER: 'yidi-development' });
    expect([code, output.trim().split('\n')]).toEqual([
      1,
      [expect.stringMatching(/^filing: .*development issuer.*own provider\.$/)],
    ]);
  });

  it('[P5.3] a database that is not there ends the start with its reason', async () => {
    const { code, output } = await run('filing', {
      ...environment,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/^filing: .*ECONNREFUSED/m);
    expect(output).not.toContain('nobody');
  });

  describe('in production', () => {
    let running: RunningService;
    beforeAll(async () => {
      running = await startService(plan(), () => undefined);
    });
    afterAll(() => running.process.stop());

    const operator = async (method: string): Promise<Response> => {
      const token = await new SignJWT({ agency: '000000', level: 'operator', roles: ['operator'] })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(issuer)
        .setAudience('yidi')
        .setSubject('operator')
        .setExpirationTime('1m')
        .sign(privateKey);
      return fetch(`${running.url}/operations/clock`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'PUT' ? { body: JSON.stringify({ now: '2026-03-02T10:00:00+08:00' }) } : {}),
      });
    };

    it('[P5.3] nobody sets the clock, not even the operator, and it keeps the time of the wall', async () => {
      const refused = await operator('PUT');
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'OPERATION_NOT_IN_PRODUCTION' }]);
      const { now } = (await (await operator('GET')).json()) as { now: string };
      expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    });

    it('[P5.3] a token of the development issuer opens nothing', async () => {
      const token = await mintToken({ agency: '000000', level: 'operator', roles: ['operator'], subject: 'developer' });
      const answer = await fetch(`${running.url}/operations/flow`, { headers: { authorization: `Bearer ${token}` } });
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'NOT_SIGNED_IN' }]);
    });
  });
});
