import { join } from 'node:path';
import { reasonOf } from './reasons.js';
import type { ServerKind } from './decide.js';
import { composeEnvironment } from './compose-environment.js';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import { CONTAINER_PASSWORD, portsOf } from './layout.js';
import type { Places } from './places.js';
import { Interrupted } from './waiting.js';

interface Options {
  places: Places;
  portBase: number;
  kinds: readonly ServerKind[];
  /** Begins empty and leaves nothing; otherwise the containers are only stopped at the end. */
  fresh: boolean;
  signal?: AbortSignal | undefined;
}

export interface Containers {
  databaseUrl: string;
  kafkaBrokers: string;
  stop(): Promise<void>;
}

/** Starts the servers of docker-compose.yml that are needed, as a project of its own for each port base. */
export async function startContainers(options: Options): Promise<Containers> {
  const { places, portBase, kinds, fresh, signal } = options;
  const env = { ...process.env, ...(await composeEnvironment(portBase)) };
  const compose = (args: readonly string[], stoppable: AbortSignal | undefined): ReturnType<typeof runExternal> =>
    runExternal(
      'docker',
      ['compose', '-p', `yidi-${portBase}`, '-f', join(places.root, 'docker-compose.yml'), ...args],
      {
        env,
        cwd: places.root,
        logFile: join(places.logs, 'docker-compose.log'),
        signal: stoppable,
      },
    );
  const stop = async (): Promise<void> => {
    await compose(fresh ? ['down', '--volumes'] : ['stop'], undefined);
  };
  try {
    if (fresh) await compose(['down', '--volumes'], signal);
    const { code, output } = await compose(['up', '--detach', '--wait', ...kinds], signal);
    if (code !== 0)
      throw new LauncherFault('containers-failed', { reason: output.trim().split('\n').at(-1) ?? 'no output' });
  } catch (error) {
    await stop();
    if (error instanceof LauncherFault || error instanceof Interrupted) throw error;
    throw new LauncherFault('containers-failed', { reason: reasonOf(error) });
  }
  const ports = portsOf(portBase);
  return {
    databaseUrl: `postgres://postgres:${CONTAINER_PASSWORD}@127.0.0.1:${ports.postgres}/postgres`,
    kafkaBrokers: `127.0.0.1:${ports.kafka}`,
    stop,
  };
}
