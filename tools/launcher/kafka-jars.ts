import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startStep } from '../bootstrap/progress.mjs';
import { runExternal } from './external.js';
import { LauncherFault } from './faults.js';
import { KAFKA_VERSION } from './layout.js';
import type { Places } from './places.js';

/** The folder with Kafka's jars; it exists only when it is complete. */
export function kafkaJarFolder(places: Places): string {
  return join(places.kafkaJars, KAFKA_VERSION);
}

/** Fetches the jars with Maven when they are not there; several launchers may do so at once. */
export async function fetchKafkaJars(places: Places, signal: AbortSignal | undefined): Promise<string> {
  const folder = kafkaJarFolder(places);
  if (existsSync(folder)) return folder;
  const growing = `${folder}.${process.pid}`;
  mkdirSync(growing, { recursive: true });
  const step = startStep(`Fetching Apache Kafka ${KAFKA_VERSION} with Maven`);
  try {
    await copyDependencies(places, growing, signal);
    if (!existsSync(folder)) renameSync(growing, folder);
    step.done();
    return folder;
  } catch (error) {
    step.failed();
    throw error;
  } finally {
    rmSync(growing, { recursive: true, force: true });
  }
}

async function copyDependencies(places: Places, target: string, signal: AbortSignal | undefined): Promise<void> {
  const log = join(places.logs, 'maven.log');
  const { code, output } = await runExternal(
    'mvn',
    [
      ...['-B', '-f', join(places.root, 'tools/launcher/kafka/pom.xml'), 'dependency:copy-dependencies'],
      ...['-DincludeScope=runtime', `-DoutputDirectory=${target}`],
    ],
    { logFile: log, signal },
  );
  if (code === 0 && existsSync(join(target, `kafka_2.13-${KAFKA_VERSION}.jar`))) return;
  if (output.includes('No space left')) throw new LauncherFault('disk-full', { folder: target });
  throw new LauncherFault('download-failed', { log });
}
