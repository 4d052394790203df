import { describe, expect, it } from '@jest/globals';
import { PORT_OFFSETS, portsOf, SERVICES } from './layout.js';
import { testPortBase } from './test-worlds.js';

const baseOf = (worker: string): number => testPortBase({ YIDI_PORT_BASE: '7000', JEST_WORKER_ID: worker });

describe('the ports of test files that run at the same time', () => {
  it('[P5.3] no worker has a port of another, nor of the servers that all of them use', () => {
    const bases = Array.from({ length: 8 }, (_, index) => baseOf(String(index + 1)));
    const ports = bases.flatMap((base) => SERVICES.map((service) => portsOf(base)[service]));
    const own = (Object.keys(PORT_OFFSETS) as (keyof typeof PORT_OFFSETS)[]).map((name) => portsOf(7000)[name]);
    expect(new Set([...ports, ...own]).size).toBe(ports.length + own.length);
  });

  it('[P5.3] more than eight workers are told so', () => {
    expect(() => baseOf('9')).toThrow('8 workers');
    expect(() => baseOf('x')).toThrow('8 workers');
  });
});
