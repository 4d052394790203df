import type { CommandLife } from '../launcher/command-life.js';
import { mintToken } from '../launcher/development-keys.js';
import { portBaseFrom, portsOf, SERVICES } from '../launcher/layout.js';
import { reasonOf } from '../launcher/reasons.js';

interface Notice {
  readonly id: string;
  readonly topic: string;
  /** Null for one that never left this service, since Kafka refused it. */
  readonly offset: string | null;
  readonly reason: string;
}

const USAGE = `Usage: npm run replay -- <${SERVICES.join('|')}> lists its dead letters; add their ids, or "all", to process them again.`;

/** 死信重放: lists what a running service could not process, or takes the original bytes through it again. */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const [name, ...wanted] = args;
  const service = SERVICES.find((known) => known === name);
  if (service === undefined) {
    console.error(USAGE);
    return 2;
  }
  const base = `http://127.0.0.1:${portsOf(portBaseFrom(process.env))[service]}/operations/dead-letters`;
  const token = await mintToken({ agency: '000000', level: 'operator', roles: ['operator'], subject: 'operator' });
  const ask = async <T>(method: string, url: string): Promise<T> => {
    const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}` }, signal: life.signal });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  try {
    const letters = await ask<Notice[]>('GET', base);
    if (wanted.length === 0) {
      for (const { id, topic, offset, reason } of letters)
        console.log(`${id}  ${topic}${offset === null ? ' not sent' : `@${offset}`}  ${reason}`);
      console.log(`${letters.length} dead letters in ${service}`);
      return 0;
    }
    const ids = wanted.includes('all') ? letters.map(({ id }) => id) : wanted;
    let left = 0;
    for (const id of ids) {
      const { result } = await ask<{ result: string }>('POST', `${base}/${id}/replay`);
      console.log(`${id}  ${result}`);
      if (result !== 'done' && result !== 'already-done') left += 1;
    }
    return left === 0 ? 0 : 1;
  } catch (error) {
    console.error(`${service}: ${reasonOf(error)}`);
    return 1;
  }
}
