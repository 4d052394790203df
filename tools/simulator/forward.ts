import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.js';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the faults need to be able to do to the world behind the gateway. */
export interface FaultyWorld {
  /** Filing cannot be asked while the work runs. */
  withoutFilingService<T>(work: () => Promise<T>): Promise<T>;
  /** The filings of this person are gone while the work runs. */
  withoutFilingOf<T>(personNo: string, work: () => Promise<T>): Promise<T>;
}

/** Hands a call on to the gateway with one fault; undefined means that the line is cut instead of an answer. */
export async function forwardWith(
  fault: Fault | undefined,
  call: Call,
  forward: (call: Call) => Promise<Reply>,
  world: FaultyWorld,
): Promise<Reply | undefined> {
  switch (fault?.fault) {
    case undefined:
      return forward(call);
    case 'slow': {
      const reply = await forward(call);
      await sleep(fault.ms);
      return reply;
    }
    case 'cut-before-commit':
      return undefined;
    case 'cut-after-commit':
      await forward(call);
      return undefined;
    case 'wrong-area':
      return forward({ ...call, body: withAnotherArea(call.body) });
    case 'expired-filing': {
      const personNo = fault.person ?? personIn(call.body);
      return personNo === undefined ? forward(call) : world.withoutFilingOf(personNo, () => forward(call));
    }
    case 'filing-down':
      return world.withoutFilingService(() => forward(call));
  }
}

const personIn = (body: Buffer): string | undefined => /"psn_no"\s*:\s*"([\w-]{1,30})"/.exec(body.toString())?.[1];

/** 参保地 of another province; the signature in the headers does not cover the body. */
function withAnotherArea(body: Buffer): Buffer {
  const text = body.toString();
  const given = /"insuplc_admdvs"\s*:\s*"(\d{2})/.exec(text)?.[1];
  const other = given === '51' ? '500100' : '510100';
  return Buffer.from(text.replace(/("insuplc_admdvs"\s*:\s*)"\d{6}"/, `$1"${other}"`));
}
