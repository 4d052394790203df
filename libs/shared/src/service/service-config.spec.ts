import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, ServiceConfig } from './service-config.js';

const complete: Readonly<Record<string, string>> = {
  YIDI_MODE: 'production',
  PORT: '7001',
  DATABASE_URL: 'postgres://yidi_filing:secret@localhost:5432/yidi',
  KAFKA_BROKERS: 'localhost:9092,localhost:9093',
  YIDI_TOPIC_PREFIX: '',
  FILING_URL: 'http://localhost:7001',
  YIDI_OIDC_ISSUER: 'https://issuer.example',
  YIDI_OIDC_JWKS: 'https://issuer.example/keys',
  YIDI_IDENTITY_KEY: 'a'.repeat(64),
  YIDI_IDENTITY_HASH_KEY: 'b'.repeat(64),
};

function problemsOf(environment: NodeJS.ProcessEnv, service = 'filing'): readonly string[] {
  try {
    ServiceConfig.read(service, environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('what a service is told at its start', () => {
  it('[P5.3] everything that is needed is enough', () => {
    expect(problemsOf(complete)).toEqual([]);
    expect(ServiceConfig.read('filing', complete)).toMatchObject({ production: true, port: 7001, logLevel: 'info' });
  });

  it.each(Object.keys(complete).filter((name) => name !== 'YIDI_TOPIC_PREFIX'))(
    '[P5.3] without %s there is one plain sentence that names it',
    (name) => {
      const { [name]: _missing, ...rest } = complete;
      const problems = problemsOf(rest);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${name} (must|may) [^.\\n]+\\.$`));
    },
  );

  it.each([
    ['YIDI_MODE', 'test'],
    ['PORT', '65536'],
    ['PORT', '7001a'],
    ['DATABASE_URL', 'mysql://localhost/yidi'],
    ['KAFKA_BROKERS', 'localhost'],
    ['YIDI_TOPIC_PREFIX', 'a b'],
    ['FILING_URL', 'localhost:7001'],
    ['YIDI_OIDC_JWKS', '{not json'],
    ['YIDI_IDENTITY_KEY', 'a'.repeat(63)],
    ['YIDI_IDENTITY_HASH_KEY', 'g'.repeat(64)],
    ['YIDI_COUNTERPARTS', '[{"name":"hunan","areas":["43"],"url":"https://hunan.example","key":"short"}]'],
    ['YIDI_COUNTERPARTS', '{"name":"hunan"}'],
    ['YIDI_DEPLOYMENT', 'Shanghai 1'],
  ])('[P5.3] %s cannot be %s', (name, value) => {
    const problems = problemsOf({ ...complete, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(name)).toBe(true);
  });

  it('[N44] another deployment is named by its areas, with times of its own or the usual ones', () => {
    const given = { name: 'hunan', areas: ['43'], url: 'https://hunan.example', key: 'c'.repeat(64) };
    const of = (one: object) =>
      ServiceConfig.read('settlement', { ...complete, YIDI_COUNTERPARTS: JSON.stringify([one]) }).counterparts;
    expect(of(given)).toEqual([{ ...given, deadlineMs: 3_000, matterAfterMs: 600_000, pauseMs: 10_000 }]);
    expect(of({ ...given, deadlineMs: 500 })[0]?.deadlineMs).toBe(500);
    expect(problemsOf({ ...complete, YIDI_COUNTERPARTS: JSON.stringify([given, given]) })).toHaveLength(1);
  });

  it('[P5.3] what is wrong is said all at once, and no value is shown', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://root:secret@localhost' });
    expect(problems).toHaveLength(Object.keys(complete).length - 1);
    expect(problems.join()).not.toContain('secret');
  });

  it('[P5.3] a service that nobody knows does not start', () => {
    expect(problemsOf(complete, 'billing')).toEqual(['There is no service called billing.']);
  });
});
