import { describe, expect, it } from '@jest/globals';
import { decide, type Facts, type ServerKind } from './decide.js';
import { LauncherFault } from './faults.js';
import { parseJavaVersion } from './probes.js';

const java = (major: number): Facts['java'] => ({ major, text: `${major}.0.1` });
const nothing: Facts = {
  given: false,
  dockerAnswers: false,
  postgresBinaries: false,
  platform: 'linux-x64',
  java: undefined,
  maven: false,
  kafkaJars: false,
};
const everything: Facts = {
  ...nothing,
  given: true,
  dockerAnswers: true,
  postgresBinaries: true,
  java: java(17),
  maven: true,
};
const outcome = (server: ServerKind, facts: Facts): string => {
  const decision = decide(server, facts);
  return decision instanceof LauncherFault ? decision.code : decision;
};

describe('where a server comes from', () => {
  it.each<[string, ServerKind, Facts, string]>([
    ['a given address wins over everything', 'postgres', everything, 'given'],
    ['a given address wins over everything', 'kafka', everything, 'given'],
    ['a Docker engine that answers comes next', 'postgres', { ...everything, given: false }, 'container'],
    ['a Docker engine that answers comes next', 'kafka', { ...everything, given: false }, 'container'],
    ['without an engine it runs here', 'postgres', { ...nothing, postgresBinaries: true }, 'local'],
    ['without an engine it runs here', 'kafka', { ...nothing, java: java(17), maven: true }, 'local'],
    ['jars fetched earlier need no Maven', 'kafka', { ...nothing, java: java(21), kafkaJars: true }, 'local'],
    ['no binaries for this platform', 'postgres', nothing, 'no-postgres'],
    ['no Java', 'kafka', { ...nothing, maven: true }, 'no-java'],
    ['Java 16 is too old', 'kafka', { ...nothing, java: java(16), maven: true }, 'no-java'],
    ['no Maven', 'kafka', { ...nothing, java: java(17) }, 'no-maven'],
    ['neither', 'kafka', nothing, 'no-java-no-maven'],
  ])('%s: %s', (_title, server, facts, expected) => {
    expect(outcome(server, facts)).toBe(expected);
  });
});

describe('the version Java names', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25-ea" 2025-09-16', 25],
  ])('%s', (output, major) => {
    expect(parseJavaVersion(output)?.major).toBe(major);
  });

  it('is unknown when something else answers', () => {
    expect(parseJavaVersion('The operation couldn’t be completed. Unable to locate a Java Runtime.')).toBeUndefined();
  });
});
