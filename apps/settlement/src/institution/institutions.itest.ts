import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { institutionChanged } from '#shared/contracts';
import { isRefusal, orThrow } from '#shared/errors';
import { hospitalSignature } from '#shared/identity';
import { testCaller } from '#shared/testing';
import { codeOf, SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { IdentifyCaller } from '../gateway/caller/identify-caller.js';
import { readBody } from '../gateway/read-body.js';
import { InstitutionCredentials } from './institution-credentials.js';
import type { IssuedCredential } from './institution-credentials.js';
import { changesOf } from './agreement-change.repository.js';
import { ChangeAgreement } from './change-agreement.js';
import type { AgreementEvent, Institution } from './institution.js';
import { listInstitutions } from './institution.repository.js';
import type { InstitutionFilter } from './institution.repository.js';
import { RegisterInstitution } from './register-institution.js';

const changsha = { ...shanghai, institutionCode: 'H43010000301', area: '430100' };
const provincial = { ...shanghai, institutionCode: 'H43990000301', area: '439900' };

const { envelope: emptyEnvelope } = readBody(Buffer.from('{"msgid":"m","fixmedins_code":"-"}'));

describe('the registry of institutions', () => {
  let world: SettlementWorld;
  const register = (institution: Institution, agency: string) =>
    world.service.get(RegisterInstitution).execute(institution, testCaller(agency));

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
  });
  afterAll(() => world.stop());

  it.each([
    [changsha, '430100', 'fine'],
    [changsha, '430200', 'NOT_YOUR_AREA'],
    [changsha, '430000', 'NOT_YOUR_AREA'],
    [changsha, '439900', 'NOT_YOUR_AREA'],
    [changsha, '310000', 'NOT_YOUR_AREA'],
    [provincial, '439900', 'fine'],
    [provincial, '430100', 'NOT_YOUR_AREA'],
  ])('[H24 H25] only the own area admits: %o by %s is %s', async (institution, agency, outcome) => {
    expect(codeOf(await register(institution, agency))).toBe(outcome);
  });

  it('[N15] the same again changes and tells nothing; a change is told with the next version', async () => {
    const told = async () =>
      (await world.service.published(institutionChanged))
        .filter(({ aggregateId }) => aggregateId === changsha.institutionCode)
        .map(({ aggregateVersion, payload }) => `${aggregateVersion} ${payload.agreement}`);
    await register({ ...changsha }, '430100');
    expect(await told()).toEqual(['1 active']);
    await register({ ...changsha, name: '更名医院' }, '430100');
    expect(await told()).toEqual(['1 active', '2 active']);
  });

  it('[N15 H24] a step of the agreement has its agency, its order and its reason, and twice is once', async () => {
    const step = async (event: AgreementEvent, agency = '430100', reason = '违规') =>
      codeOf(
        await world.service
          .get(ChangeAgreement)
          .execute({ institutionCode: changsha.institutionCode, event, reason }, testCaller(agency)),
      );
    expect(codeOf(await register({ ...changsha, agreement: 'suspended' }, '430100'))).toBe('AGREEMENT_NEEDS_REASON');
    expect([await step('suspend', '430200'), await step('suspend', '430000')]).toEqual([
      'NOT_YOUR_AREA',
      'NOT_YOUR_AREA',
    ]);
    expect([await step('resume'), await step('suspend'), await step('suspend')]).toEqual([
      ...['WRONG_STATE', 'fine', 'fine'],
    ]);
    expect(await step('suspend', '430100', '另一原因')).toBe('WRONG_STATE');
    expect(await step('admit', '430200')).toBe('NOT_YOUR_AREA');
    const changes = await world.service.transaction((tx) => changesOf(tx, changsha.institutionCode));
    expect(changes.map(({ event, from, to, reason, reportedTo }) => [event, from, to, reason, reportedTo])).toEqual([
      ['admit', null, 'active', '准入登记', null],
      ['suspend', 'active', 'suspended', '违规', '430000'],
    ]);
    const [told] = (await world.service.published(institutionChanged)).slice(-1);
    expect(told).toMatchObject({ aggregateVersion: 3, payload: { agreement: 'suspended', effectiveOn: '2026-03-16' } });
  });

  it('[H25] who is admitted is admitted for all; who is only applied for is not on the network', async () => {
    const applied = { ...changsha, institutionCode: 'H43010000309', agreement: 'applied' as const };
    const step = (event: AgreementEvent, agency: string, institutionCode = applied.institutionCode) =>
      world.service.get(ChangeAgreement).execute({ institutionCode, event, reason: '符合条件' }, testCaller(agency));
    expect(codeOf(await register(applied, '430100'))).toBe('fine');
    const listed = () =>
      world.service.transaction(async (tx) =>
        (await listInstitutions(tx, { area: '430100' })).map((one) => one.institutionCode),
      );
    expect(await listed()).not.toContain(applied.institutionCode);
    expect(codeOf(await step('decline', '430100'))).toBe('fine');
    expect(await listed()).not.toContain(applied.institutionCode);
    const told = (await world.service.published(institutionChanged)).map(({ aggregateId }) => aggregateId);
    expect(told).not.toContain(applied.institutionCode);
    expect([codeOf(await step('apply', '430100')), codeOf(await step('admit', '430100'))]).toEqual(['fine', 'fine']);
    expect(await listed()).toContain(applied.institutionCode);
    expect(await step('admit', '440100')).toMatchObject({ code: 'ADMITTED_BY_ANOTHER', args: { area: '长沙' } });
  });

  it('[H25] an institution does not move to another area', async () => {
    expect(codeOf(await register({ ...changsha, area: '430200' }, '430200'))).toBe('ADMITTED_BY_ANOTHER');
  });

  it('[N15] the list is public, by area', async () => {
    const listed = (filter: InstitutionFilter) =>
      world.service.transaction(async (tx) =>
        (await listInstitutions(tx, filter)).map((one) => `${one.institutionCode} ${one.agreement}`),
      );
    expect(await listed({ area: '430100' })).toEqual(['H43010000301 suspended', 'H43010000309 active']);
    expect(await listed({ area: '430100', service: 'chronic' })).toEqual([]);
    expect(await listed({ letter: 'P' })).toEqual([]);
    expect(await listed({ service: 'inpatient', area: '439900' })).toEqual(['H43990000301 active']);
  });

  describe('credentials', () => {
    let first: IssuedCredential;
    const credentials = () => world.service.get(InstitutionCredentials);
    const headers = ({ paasid, secret }: IssuedCredential, nonce: string = randomUUID()) => {
      const timestamp = String(Math.floor(world.service.clock.now().getTime() / 1000));
      return {
        'x-tif-paasid': paasid,
        'x-tif-timestamp': timestamp,
        'x-tif-nonce': nonce,
        'x-tif-signature': hospitalSignature(secret, timestamp, nonce),
      };
    };

    const identify = async (given: Record<string, string>): Promise<unknown> => {
      const envelope = { ...emptyEnvelope, fixmedins_code: shanghai.institutionCode };
      const caller = await world.service.get(IdentifyCaller).execute({ headers: given, envelope, sent: {} });
      return isRefusal(caller) ? caller : caller.institution.institutionCode;
    };

    beforeAll(async () => {
      first = orThrow(await credentials().issue(shanghai.institutionCode, testCaller('310000')));
    });

    it('[P5.3] only the own area issues them, and only for whom it has admitted', async () => {
      expect(codeOf(await credentials().issue(shanghai.institutionCode, testCaller('430100')))).toBe('NOT_YOUR_AREA');
      expect(codeOf(await credentials().issue('H31000000999', testCaller('310000')))).toBe('NOT_FOUND');
    });

    it('[P5.3] a signed call is its institution’s; the secret is kept unreadable', async () => {
      expect(await identify(headers(first))).toBe(shanghai.institutionCode);
      const [stored] = await world.service.query<{ secret_encrypted: Buffer }>(
        'select secret_encrypted from institution_credential',
      );
      expect(stored?.secret_encrypted.toString('latin1')).not.toContain(first.secret);
    });

    it('[P5.3] missing headers, a wrong secret and an unknown paasid are nobody’s', async () => {
      expect(codeOf(await identify({}))).toBe('SIGNATURE_MISSING');
      expect(codeOf(await identify(headers({ ...first, secret: 'other' })))).toBe('SIGNATURE_WRONG');
      expect(codeOf(await identify(headers({ ...first, paasid: 'unknown' })))).toBe('SIGNATURE_WRONG');
    });

    it('[P5.3] a nonce counts once, also when it comes twice at once; a wrong signature does not use it up', async () => {
      const nonce = randomUUID();
      expect(codeOf(await identify(headers({ ...first, secret: 'other' }, nonce)))).toBe('SIGNATURE_WRONG');
      const outcomes = await Promise.all([1, 2, 3].map(() => identify(headers(first, nonce))));
      expect(outcomes.map(codeOf).sort()).toEqual(['NONCE_USED', 'NONCE_USED', 'fine']);
    });

    it('[P5.3] a call that is 300 seconds old is taken, one of 301 is not', async () => {
      const call = () => headers(first);
      const [early, late] = [call(), call()];
      world.service.setDay('2026-03-16', '10:04:59');
      expect(await identify(early)).toBe(shanghai.institutionCode);
      world.service.setDay('2026-03-16', '10:05:06');
      expect(codeOf(await identify(late))).toBe('SIGNATURE_WRONG');
    });

    it('[P5.3] a nonce is remembered as long as its call could be repeated, and then forgotten', async () => {
      world.service.setDay('2026-03-16', '11:00');
      const call = headers(first);
      await identify(call);
      world.service.setDay('2026-03-16', '11:04:50');
      await credentials().forgetOldNonces();
      expect(codeOf(await identify(call))).toBe('NONCE_USED');
      world.service.setDay('2026-03-16', '11:10:10');
      await credentials().forgetOldNonces();
      expect(await world.count('used_nonce')).toBe(0);
    });

    it('[P5.3] after a change-over the old secret is good for seven days', async () => {
      world.service.setDay('2026-03-16', '12:00');
      const second = orThrow(await credentials().issue(shanghai.institutionCode, testCaller('310000')));
      world.service.setDay('2026-03-23', '11:59');
      expect(await identify(headers(first))).toBe(shanghai.institutionCode);
      expect(await identify(headers(second))).toBe(shanghai.institutionCode);
      world.service.setDay('2026-03-23', '12:01');
      expect(codeOf(await identify(headers(first)))).toBe('SIGNATURE_WRONG');
      expect(await identify(headers(second))).toBe(shanghai.institutionCode);
    });
  });
});
