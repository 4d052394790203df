import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts, ServerKind } from './decide.js';
import { runExternal } from './external.js';
import { kafkaJarFolder } from './kafka-jars.js';
import type { Places } from './places.js';
import { findPostgresBinaries } from './postgres-files.js';

/** The Java to use: the one JAVA_HOME names, or the one on the path. */
export function javaCommand(environment: NodeJS.ProcessEnv = process.env): string {
  const home = environment['JAVA_HOME'];
  return home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
}

/** Finds out what this machine has, looking no further than the decision needs. */
export async function findFacts(
  server: ServerKind,
  given: boolean,
  places: Places,
  dockerAnswers: () => Promise<boolean>,
): Promise<Facts> {
  const nothing: Facts = {
    given,
    dockerAnswers: false,
    postgresBinaries: false,
    platform: `${process.platform}-${process.arch}`,
    java: undefined,
    maven: false,
    kafkaJars: false,
  };
  if (given) return nothing;
  if (await dockerAnswers()) return { ...nothing, dockerAnswers: true };
  if (server === 'postgres') return { ...nothing, postgresBinaries: findPostgresBinaries() !== undefined };
  const kafkaJars = existsSync(kafkaJarFolder(places));
  const [java, maven] = await Promise.all([findJava(), kafkaJars ? false : hasMaven()]);
  return { ...nothing, java, maven, kafkaJars };
}

/** Only an engine that answers counts; the client alone proves nothing. */
export async function dockerEngineAnswers(): Promise<boolean> {
  const { code } = await runExternal('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutSeconds: 5 });
  return code === 0;
}

async function findJava(): Promise<Facts['java']> {
  const { code, output } = await runExternal(javaCommand(), ['-version'], { timeoutSeconds: 20 });
  return code === 0 ? parseJavaVersion(output) : undefined;
}

/** Reads `openjdk version "17.0.15"`, and the older way of counting, `java version "1.8.0_402"`. */
export function parseJavaVersion(output: string): Facts['java'] {
  const text = /version "([^"]+)"/.exec(output)?.[1];
  if (text === undefined) return undefined;
  const [first = '', second = ''] = text.split(/[.\-_+]/);
  return { text, major: Number(first === '1' ? second : first) };
}

async function hasMaven(): Promise<boolean> {
  const { code } = await runExternal('mvn', ['-v'], { timeoutSeconds: 20 });
  return code === 0;
}
