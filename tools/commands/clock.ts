import type { CommandLife } from '../launcher/command-life.js';
import { mintToken } from '../launcher/development-keys.js';
import { portBaseFrom, portsOf, SERVICES } from '../launcher/layout.js';
import { reasonOf } from '../launcher/reasons.js';

/** Sets the clock of all five running services: npm run clock -- 2026-03-31T23:00:00+08:00 */
export async function run(args: readonly string[], life: CommandLife): Promise<number> {
  const now = args[0] ?? '';
  if (!/^\d{4}-\d{2}-\d{2}T/.test(now) || Number.isNaN(Date.parse(now))) {
    console.error('Say the time to set, for example: npm run clock -- 2026-03-31T23:00:00+08:00');
    return 2;
  }
  const ports = portsOf(portBaseFrom(process.env));
  const token = await mintToken({ agency: '000000', level: 'operator', roles: ['operator'], subject: 'operator' });
  const answers = await Promise.all(
    SERVICES.map(async (service) => ({ service, problem: await setClock(ports[service], now, token, life.signal) })),
  );
  for (const { service, problem } of answers) console.log(`${service.padEnd(14)} ${problem ?? now}`);
  return answers.every(({ problem }) => problem === undefined) ? 0 : 1;
}

/** Undefined when the clock is set; otherwise what was wrong. */
async function setClock(port: number, now: string, token: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/operations/clock`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ now }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    return response.ok ? undefined : `refused with ${response.status}: ${await response.text()}`;
  } catch (error) {
    return `cannot be reached: ${reasonOf(error)}`;
  }
}
