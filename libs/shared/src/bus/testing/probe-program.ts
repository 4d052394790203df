import { Database } from '../../database/index.js';
import { dieAt } from './crash-points.js';
import type { Crash } from './crash-points.js';
import { probeSchema } from './probe-events.js';
import { startProbe } from './probe-service.js';

/** What the test that starts this program tells it, as JSON in its only argument. */
export interface ProbeProgram {
  readonly databaseUrl: string;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly sessionTimeoutMs: number;
  readonly crash?: Crash;
}

/** The probe as a process of its own, so that it can be killed; SIGTERM stops it as it stops a service. */
async function main({ databaseUrl, brokers, topicPrefix, sessionTimeoutMs, crash }: ProbeProgram): Promise<void> {
  const effect = dieAt(crash);
  const database = await Database.connect({ url: databaseUrl, schema: probeSchema, applicationName: 'yidi-probe' });
  const probe = await startProbe({ database, brokers, topicPrefix, effect, timing: { sessionTimeoutMs } });
  process.once('SIGTERM', () => {
    void probe
      .stop()
      .then(() => database.close())
      .then(() => process.exit(0));
  });
}

await main(JSON.parse(process.argv[2] ?? '{}') as ProbeProgram);
