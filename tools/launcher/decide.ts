import { LauncherFault } from './faults.js';

export type ServerKind = 'postgres' | 'kafka';
export type How = 'given' | 'container' | 'local';

/** What was found on this machine. A later fact is only looked for when the earlier ones leave the question open. */
export interface Facts {
  given: boolean;
  dockerAnswers: boolean;
  /** The package with the server's binaries exists for this platform. */
  postgresBinaries: boolean;
  platform: string;
  /** Major version and text of the Java found, if any. */
  java: { major: number; text: string } | undefined;
  maven: boolean;
  /** Kafka's jars were fetched earlier, so that Maven is not needed. */
  kafkaJars: boolean;
}

/** Where a server comes from, or the fault that says how to get one; the order is the one of design.md §7. */
export function decide(server: ServerKind, facts: Facts): How | LauncherFault {
  if (facts.given) return 'given';
  if (facts.dockerAnswers) return 'container';
  return server === 'postgres' ? decideLocalPostgres(facts) : decideLocalKafka(facts);
}

function decideLocalPostgres(facts: Facts): How | LauncherFault {
  return facts.postgresBinaries ? 'local' : new LauncherFault('no-postgres', { platform: facts.platform });
}

function decideLocalKafka({ java, maven, kafkaJars }: Facts): How | LauncherFault {
  const fetchable = maven || kafkaJars;
  if (java === undefined)
    return fetchable ? new LauncherFault('no-java', {}) : new LauncherFault('no-java-no-maven', undefined);
  if (java.major < 17) return new LauncherFault('no-java', { found: java.text });
  return fetchable ? 'local' : new LauncherFault('no-maven', undefined);
}
