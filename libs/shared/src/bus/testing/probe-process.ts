import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf, projectRoot } from '../../../../../tools/launcher/places.js';
import { OwnProcess } from '../../../../../tools/launcher/processes.js';
import { portBaseFrom } from '../../../../../tools/launcher/layout.js';
import type { ProbeProgram } from './probe-program.js';

/** Starts the built probe program; its log stays in the folder of this port base. */
export function startProbeProcess(name: string, plan: ProbeProgram): OwnProcess {
  const { logs, processes } = placesOf(portBaseFrom(process.env));
  for (const folder of [logs, processes]) mkdirSync(folder, { recursive: true });
  return OwnProcess.start({
    name,
    command: process.execPath,
    args: [
      ...['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning'],
      ...[join(projectRoot, 'dist/libs/shared/src/bus/testing/probe-program.js'), JSON.stringify(plan)],
    ],
    env: { ...process.env, NODE_COMPILE_CACHE: join(projectRoot, '.yidi/compile-cache') },
    cwd: projectRoot,
    logFile: join(logs, `${name}.log`),
    freshLog: true,
    records: processes,
  });
}
