import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { whyNoSimulator } from './command.js';
import { faultOfBody, faultOfHeader, FaultUnknown, faults } from './faults.js';
import { forwardWith } from './forward.js';
import type { Call, FaultyWorld, Reply } from './forward.js';
import { signing } from './signing.js';

const body = Buffer.from('{"insuplc_admdvs":"430100","input":{"data":{"psn_no":"P1"}}}');
const call: Call = { method: 'POST', path: '/2207', headers: {}, body };

/** A gateway that notes what reached it, and a world that notes what was taken away meanwhile. */
function stage() {
  const log: string[] = [];
  const forward = ({ body: sent }: Call): Promise<Reply> => {
    log.push(`gateway ${/"insuplc_admdvs":"(\d+)"/.exec(sent.toString())?.[1] ?? ''}`);
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('done') });
  };
  const during = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    log.push(`without ${what}`);
    const result = await work();
    log.push(`with ${what}`);
    return result;
  };
  const world: FaultyWorld = {
    withoutFilingService: (work) => during('filing', work),
    withoutFilingOf: (personNo, work) => during(`filing of ${personNo}`, work),
  };
  const run = async (fault: string): Promise<string> =>
    (await forwardWith(faultOfHeader(fault), call, forward, world))?.body.toString() ?? 'cut';
  return { log, run };
}

describe('faults of the simulator', () => {
  it.each([
    ['none', 'done', ['gateway 430100']],
    ['slow:1', 'done', ['gateway 430100']],
    ['cut-before-commit', 'cut', []],
    ['cut-after-commit', 'cut', ['gateway 430100']],
    ['wrong-area', 'done', ['gateway 510100']],
    ['filing-down', 'done', ['without filing', 'gateway 430100', 'with filing']],
    ['expired-filing', 'done', ['without filing of P1', 'gateway 430100', 'with filing of P1']],
    ['expired-filing:P2', 'done', ['without filing of P2', 'gateway 430100', 'with filing of P2']],
  ])('[H79] %s: %s', async (fault, outcome, log) => {
    const at = stage();
    expect([await at.run(fault), at.log]).toEqual([outcome, log]);
  });

  it('[H79] every fault that GET /simulator lists can be chosen, by header and by body; others are told so', () => {
    for (const name of Object.keys(faults)) {
      expect(faultOfHeader(name)?.fault).toBe(name);
      expect(faultOfBody({ fault: name })?.fault).toBe(name);
    }
    expect(faultOfBody({ fault: null })).toBeUndefined();
    expect(faultOfBody({ fault: 'slow', ms: 600_000 })?.ms).toBe(600_000);
    for (const wrong of [
      {},
      null,
      'slow',
      { fault: 'constructor' },
      { fault: 'slow', ms: 600_001 },
      { fault: 'slow', ms: -1 },
    ])
      expect(() => faultOfBody(wrong)).toThrow(FaultUnknown);
    expect(() => faultOfHeader('slow:soon')).toThrow(FaultUnknown);
  });

  it('[P5.3] the worked example of the signature is right', () => {
    const { text, signature } = signing.example;
    expect(text).toBe('1767225600example-secreta1b2c3d41767225600');
    expect(signature).toBe('36e517f5592fd3d2f4b1bb6e3e2bcfcc49237acbb656aa94ec1653b36e58cbf1');
    expect(createHash('sha256').update(text).digest('hex')).toBe(signature);
  });

  it('[P5.3] production refuses the simulator', () => {
    expect(whyNoSimulator({ YIDI_MODE: 'production' })).toContain('正式环境');
    expect(whyNoSimulator({ YIDI_MODE: 'development' })).toBeUndefined();
    expect(whyNoSimulator({})).toBeUndefined();
  });
});
