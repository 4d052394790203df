import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, takeLock } from '../bootstrap/lock.mjs';
import { sweepLeftovers } from './processes.js';

const folder = mkdtempSync(join(tmpdir(), 'yidi-processes-'));
const children: ChildProcess[] = [];
const startSleeper = (): number => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid ?? 0;
};
const record = (name: string, pid: number, identity: string | undefined): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ name, pid, identity, stopSignal: 'SIGTERM' }));
  return path;
};

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('what a killed launcher leaves behind', () => {
  let pid: number;
  beforeEach(() => {
    pid = startSleeper();
  });

  it('is ended, and its record removed', async () => {
    const path = record('kafka', pid, identityOf(pid));
    await sweepLeftovers(folder, ['kafka']);
    expect(identityOf(pid)).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  it('is not mistaken for another process that has got the same number since', async () => {
    const path = record('kafka', pid, 'an earlier boot/1234');
    await sweepLeftovers(folder, ['kafka']);
    expect(identityOf(pid)).toBeDefined();
    expect(existsSync(path)).toBe(false);
  });

  it('is left alone when it is not of the kind asked for', async () => {
    const path = record('postgres', pid, identityOf(pid));
    await sweepLeftovers(folder, ['kafka']);
    expect(identityOf(pid)).toBeDefined();
    expect(existsSync(path)).toBe(true);
  });

  it('survives a record that was cut short', async () => {
    writeFileSync(join(folder, 'kafka.json'), '{ "pid": ');
    await sweepLeftovers(folder, ['kafka']);
    expect(existsSync(join(folder, 'kafka.json'))).toBe(false);
  });
});

describe('a lock file', () => {
  it('names its living holder, and is free after its release', () => {
    const path = join(folder, 'held.lock');
    const first = takeLock(path);
    expect(takeLock(path)).toEqual({ taken: false, pid: process.pid });
    if (first.taken) first.release();
    expect(takeLock(path).taken).toBe(true);
  });

  it.each([
    ['of a dead process', JSON.stringify({ pid: 2 ** 22 + 1, identity: 'gone/1' })],
    ['of an earlier process with a number in use again', JSON.stringify({ pid: process.pid, identity: 'gone/1' })],
    ['that was cut short', '{'],
  ])('%s is taken over', (_title, content) => {
    const path = join(folder, 'stale.lock');
    writeFileSync(path, content);
    const lock = takeLock(path);
    expect(lock.taken).toBe(true);
    if (lock.taken) lock.release();
  });
});
