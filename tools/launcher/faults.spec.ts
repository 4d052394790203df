import { describe, expect, it } from '@jest/globals';
import { faultOfFileSystem, LauncherFault } from './faults.js';

const faults: LauncherFault[] = [
  new LauncherFault('bad-port-base', { value: 'many' }),
  new LauncherFault('port-taken', { port: 7432, use: 'PostgreSQL', portBase: 7000 }),
  new LauncherFault('second-copy', { pid: 42, portBase: 7000 }),
  new LauncherFault('disk-full', { folder: 'there' }),
  new LauncherFault('disk-full', { folder: 'there', freeMegabytes: 12 }),
  new LauncherFault('not-writable', { folder: 'there' }),
  new LauncherFault('no-java', {}),
  new LauncherFault('no-java', { found: '11.0.2' }),
  new LauncherFault('no-maven', undefined),
  new LauncherFault('no-java-no-maven', undefined),
  new LauncherFault('no-postgres', { platform: 'plan9-mips' }),
  new LauncherFault('database-unreachable', { address: 'db:5432/yidi', reason: 'connect ECONNREFUSED' }),
  new LauncherFault('database-not-admin', { user: 'guest' }),
  new LauncherFault('kafka-unreachable', { address: 'kafka:9092', reason: 'Connection timeout' }),
  new LauncherFault('download-failed', { log: 'maven.log' }),
  new LauncherFault('containers-failed', { reason: 'no such image' }),
  new LauncherFault('server-failed', { server: 'PostgreSQL', log: 'postgres.log', reason: 'exit code 1' }),
  new LauncherFault('not-built', { service: 'funds' }),
  new LauncherFault('migration-failed', { service: 'funds', lines: ['one', 'two'] }),
  new LauncherFault('service-died', { service: 'funds', ending: 'exit code 1', lines: ['one', 'two'] }),
  new LauncherFault('service-died', { service: 'funds', ending: 'signal SIGKILL', lines: [] }),
  new LauncherFault('service-not-ready', { service: 'funds', seconds: 60, log: 'funds.log' }),
];

describe('what people read when the launcher cannot go on', () => {
  it.each(faults.map((fault) => [fault.code, fault.message]))('%s is one plain sentence', (_code, message) => {
    expect(message).not.toMatch(/\n|undefined|\[object| at .*:\d+:\d+/);
    expect(message).not.toMatch(/[.] [A-Z]/);
    expect(message.length).toBeLessThan(300);
  });

  it('names the port, who needs it, and how to move', () => {
    const { message } = new LauncherFault('port-taken', { port: 7432, use: 'PostgreSQL', portBase: 7000 });
    expect(message).toMatch(/Port 7432 \(PostgreSQL\).*YIDI_PORT_BASE=7600/);
  });

  it('names all three ways to a server when there is none', () => {
    const { message } = new LauncherFault('no-java-no-maven', undefined);
    expect(message).toMatch(/Java 17 and Maven.*Docker engine.*KAFKA_BROKERS/);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'not-writable'],
    ['EROFS', 'not-writable'],
  ])('%s of the file system means %s', (code, expected) => {
    const fault = faultOfFileSystem(Object.assign(new Error('system'), { code }), 'there');
    expect(fault).toMatchObject({ code: expected });
  });

  it('leaves every other error as it is', () => {
    const error = new Error('a bug');
    expect(faultOfFileSystem(error, 'there')).toBe(error);
  });
});
