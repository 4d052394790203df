import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { serviceTopics } from '#shared/contracts';
import type { ServiceName } from '#shared/contracts';
import type { Agency, Json } from '../doors.js';
import { checker, clerk, nationalApp } from '../people.js';
import type { SettledVisit } from '../story/hospital-desk.js';
import { outpatient } from './facts.js';
import { firstDay } from './scene.js';
import type { Scene } from './scene.js';
import { rawHttp } from './raw-http.js';
import { claims, secondsFromNow, signedToken } from './tokens.js';
import { wrongFields } from './wrong-fields.js';
import { catalogueItems, institutions, persons } from '../world.js';

const services = Object.keys(serviceTopics) as ServiceName[];
const application = {
  personNo: persons.G.personNo,
  category: 'other-temporary',
  destination: '420100',
  channel: 'counter',
  materials: ['credential', 'filing-form'],
};

export function agencyCallers(scene: Scene): void {
  let settled: SettledVisit;
  const ask = (who: Agency, service: ServiceName, method: string, path: string, body?: unknown) =>
    scene.world.doors.ask(who, service, method, path, body);
  const read = <T = Json[]>(who: Agency, service: ServiceName, path: string) =>
    scene.world.doors.call<T>(who, service, 'GET', path);

  beforeAll(async () => {
    const { desk } = scene.stage;
    const fact = outpatient('SEEN', firstDay);
    const visitId = await desk.register(fact);
    await desk.charge(fact, visitId);
    settled = await desk.settleWithTrial(fact, visitId);
  });

  describe('tokens', () => {
    const get = (authorization?: string, service: ServiceName = 'settlement') =>
      fetch(`${scene.world.urls[service]}/obligations`, {
        headers: authorization === undefined ? {} : { authorization },
      });

    it.each(services)('[P5.3] %s lets nobody in without a token', (service) =>
      scene.refusals.ofAgency('NOT_SIGNED_IN', () => get(undefined, service)),
    );

    it.each(['Bearer', 'Bearer x.y.z', 'Basic b3BlcmF0b3I6eA==', "Bearer ' or 1=1"])(
      '[P5.3] %s is no token',
      (header) => scene.refusals.ofAgency('NOT_SIGNED_IN', () => get(header)),
    );

    it('[P5.3] a token is good to its end and not longer', async () => {
      expect((await get(`Bearer ${await signedToken()}`)).status).toBe(200);
      const late = await signedToken({ exp: secondsFromNow(-60) });
      await scene.refusals.ofAgency('TOKEN_EXPIRED', () => get(`Bearer ${late}`));
    });

    it.each<[string, JWTPayload]>([
      ['of a foreign issuer', { iss: 'https://elsewhere.example' }],
      ['for another audience', { aud: 'another' }],
      ['without a subject', { sub: '' }],
      ['without an agency', { agency: undefined }],
      ['of an agency that is no area', { agency: "43'--" }],
      ['of an unknown level', { level: 'emperor' }],
      ['that is not valid yet', { nbf: secondsFromNow(600) }],
    ])('[P5.3 N57] a token %s is refused', async (_name, more) => {
      const token = await signedToken(more);
      await scene.refusals.ofAgency('NOT_SIGNED_IN', () => get(`Bearer ${token}`));
    });

    it('[P5.3] a token of another key, or of none, is refused', async () => {
      const { privateKey } = await generateKeyPair('EdDSA');
      const foreign = await signedToken({}, privateKey);
      await scene.refusals.ofAgency('NOT_SIGNED_IN', () => get(`Bearer ${foreign}`));
      const unsigned = new UnsecuredJWT({ ...claims, sub: 'tester' })
        .setIssuer('yidi-development')
        .setAudience('yidi')
        .encode();
      await scene.refusals.ofAgency('NOT_SIGNED_IN', () => get(`Bearer ${unsigned}`));
    });

    it('[P5.3] a role that is missing is named in Chinese', async () => {
      const path = `/catalogues/430100/items`;
      const body = { from: firstDay, items: [] };
      const { message } = await scene.refusals.ofAgency('ROLE_MISSING', () =>
        ask(checker('430100'), 'settlement', 'POST', path, body),
      );
      expect(message).toContain('医保目录管理');
      await scene.refusals.ofAgency('ROLE_MISSING', () =>
        ask(clerk('000000'), 'funds', 'PUT', '/operations/clock', {}),
      );
    });

    it('[P5.3] the question that services ask each other is no door for others', () =>
      scene.refusals.ofAgency('NOT_SIGNED_IN', () => ask(clerk('000000'), 'filing', 'GET', '/internal/persons/ff')));
  });

  describe('bodies and addresses', () => {
    const send = async (body: string | Buffer<ArrayBuffer>, type = 'application/json') => {
      const authorization = `Bearer ${await scene.world.tokens.mint(clerk('430100'))}`;
      return fetch(`${scene.world.urls.filing}/filings`, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body,
      });
    };
    const file = (more: Json) => ask(clerk('430100'), 'filing', 'POST', '/filings', { ...application, ...more });

    it.each<[string, string | Buffer<ArrayBuffer>]>([
      ['malformed JSON', '{"personNo":'],
      ['no content', ''],
      ['GBK', Buffer.concat([Buffer.from('{"personNo":"'), Buffer.from([0xb0, 0xb2]), Buffer.from('"}')])],
      ['a NUL', JSON.stringify({ ...application, personNo: 'a\0' })],
      ['a prototype', '{"__proto__":{"personNo":"x"}}'],
      ['forty lists', `{"materials":${'['.repeat(40)}${']'.repeat(40)}}`],
    ])('[P5.2] %s is refused', (_name, body) => scene.refusals.ofAgency('BAD_REQUEST', () => send(body)));

    it('[P5.2] another type of content, and 13 MB, are refused', async () => {
      await scene.refusals.ofAgency('BAD_REQUEST', () => send('<personNo/>', 'application/xml'));
      await scene.refusals.ofAgency('TOO_LARGE', () => send(Buffer.alloc(13 * 1024 * 1024, ' ')));
    });

    it.each(wrongFields)('[P5.2 N7] %s is refused, and the field is named', async (_name, more, field) => {
      expect((await scene.refusals.ofAgency('BAD_REQUEST', () => file(more))).message).toContain(field);
    });

    it.each<[string, ServiceName, string, 'BAD_REQUEST' | 'NOT_FOUND']>([
      ['with a NUL', 'filing', '/filings/%00', 'BAD_REQUEST'],
      ['that cannot be decoded', 'filing', '/filings/%zz', 'BAD_REQUEST'],
      ['of three thousand characters', 'filing', `/filings/${'9'.repeat(3000)}`, 'BAD_REQUEST'],
      ['with a month that does not exist', 'settlement', '/settlements?month=2026-13', 'BAD_REQUEST'],
      ['of nothing that is here', 'filing', '/filings/B0', 'NOT_FOUND'],
      ['that leads nowhere', 'filing', '/nowhere', 'NOT_FOUND'],
    ])('[P5.2] an address %s is refused like anything else', (_name, service, path, code) =>
      scene.refusals.ofAgency(code, () => ask(clerk('430000'), service, 'GET', path)),
    );

    it('[P5.2 H83] also the hospitals’ door answers such an address in its own form', () =>
      scene.refusals.ofGateway('ENVELOPE_INVALID', () => scene.world.doors.postBytes('%zz', {}, '{}')));

    it('[P5.2] another method is not there', () =>
      scene.refusals.ofAgency('NOT_FOUND', () => ask(clerk('430000'), 'settlement', 'DELETE', '/settlements')));

    it('[P5.3] SQL in a filter finds nothing', async () => {
      const filter = encodeURIComponent("x' or '1'='1");
      expect(await read(clerk('000000'), 'settlement', `/settlements?personNo=${filter}`)).toEqual([]);
      expect(await read(clerk('000000'), 'settlement', `/settlements?personNo=a&personNo=b`)).toEqual([]);
    });

    it.each([
      ['nonsense', 'NOT HTTP AT ALL\r\n\r\n'],
      ['headers of 70 kB', `GET / HTTP/1.1\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`],
    ])('[P5.2 H83] what is no HTTP gets an answer as well: %s', async (_name, sent) => {
      const answer = await rawHttp(scene.world.urls.funds, sent);
      expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"BAD_REQUEST","who":"caller","message":"请求内容/s);
      expect(answer).not.toMatch(/error|parse/i);
    });
  });

  describe('what belongs to others', () => {
    const guangzhou = clerk('440100');

    it('[N57 H75 N13] filings and persons of another area are not there, one’s own number is masked', async () => {
      const [filing] = await read(clerk('430100'), 'filing', `/filings?personNo=${persons.A.personNo}`);
      const path = `/filings/${String(filing?.['filingNo'])}`;
      await scene.refusals.ofAgency('NOT_FOUND', () => ask(guangzhou, 'filing', 'GET', path));
      const decision = { decision: 'approve' };
      await scene.refusals.ofAgency('NOT_FOUND', () => ask(guangzhou, 'filing', 'POST', `${path}/decision`, decision));
      await scene.refusals.ofAgency('NOT_FOUND', () => ask(guangzhou, 'filing', 'POST', '/filings', application));
      expect(await read(guangzhou, 'filing', '/filings')).toEqual([]);
      await scene.refusals.ofAgency('NOT_FOUND', () =>
        ask(guangzhou, 'filing', 'GET', `/persons/${persons.A.personNo}`),
      );
      const own = await read<Json>(clerk('430100'), 'filing', `/persons/${persons.A.personNo}`);
      expect(own['identityNumber']).toMatch(/^999\*{11}.{4}$/);
      expect(JSON.stringify(own)).not.toContain(persons.A.identityNumber);
    });

    it('[N9 H10] a channel belongs to its account', async () => {
      await scene.refusals.ofAgency('CHANNEL_NOT_YOURS', () =>
        ask(clerk('430100'), 'filing', 'POST', '/filings', { ...application, channel: 'national-app' }),
      );
      await scene.refusals.ofAgency('CHANNEL_NOT_YOURS', () =>
        ask(nationalApp, 'filing', 'POST', '/filings', application),
      );
    });

    it('[N57 H75 P5.3] a settlement is seen by both sides of it and by nobody else', async () => {
      const path = `/settlements/${settled.settlementId}`;
      for (const area of ['430100', '430000', '110000', '000000'])
        expect((await ask(clerk(area), 'settlement', 'GET', path)).status).toBe(200);
      for (const area of ['440100', '430200', '310000']) {
        await scene.refusals.ofAgency('NOT_FOUND', () => ask(clerk(area), 'settlement', 'GET', path));
        expect(await read(clerk(area), 'settlement', '/settlements')).toEqual([]);
      }
    });

    it('[H24 H25 N15] agreements, credentials, catalogues and accounts belong to their own area', async () => {
      const { code, name, area, level } = institutions['H-BJ3'];
      const body = { name, level, area, services: ['inpatient'], agreement: 'ended', effectiveOn: firstDay };
      const put = (who: Agency) => ask(who, 'settlement', 'PUT', `/institutions/${code}`, body);
      for (const who of [guangzhou, clerk('000000')]) await scene.refusals.ofAgency('NOT_YOUR_AREA', () => put(who));
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () =>
        ask(guangzhou, 'settlement', 'POST', `/institutions/${code}/credentials`),
      );
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () =>
        ask(guangzhou, 'settlement', 'POST', '/catalogues/430100/items', {
          from: firstDay,
          items: catalogueItems('430100'),
        }),
      );
      const credit = (who: Agency, amount: string) =>
        ask(who, 'settlement', 'POST', `/accounts/${persons.A.personNo}/credits`, { amount, reference: 'NEW' });
      await scene.refusals.ofAgency('NOT_FOUND', () => credit(guangzhou, '1.00'));
      for (const amount of ['0.00', '-1.00', '1.005', '1e3'])
        await scene.refusals.ofAgency('BAD_REQUEST', () => credit(clerk('430100'), amount));
    });

    it('[N57 N59 H75 H77] a matter is answered by the responsible, confirmed by the asker, and unknown to others', async () => {
      const hunan = clerk('430000');
      const matter = { type: 'other', subject: '协查', text: '请协助核对', responsible: '110000' };
      await scene.refusals.ofAgency('MATTER_WITH_ONESELF', () =>
        ask(hunan, 'collaboration', 'POST', '/matters', { ...matter, responsible: '430000' }),
      );
      const { matterNo } = await scene.world.doors.call<{ matterNo: string }>(
        hunan,
        'collaboration',
        'POST',
        '/matters',
        matter,
      );
      const answer = (who: Agency) =>
        ask(who, 'collaboration', 'POST', `/matters/${matterNo}/answer`, { result: '已核对' });
      const confirm = (who: Agency) =>
        ask(who, 'collaboration', 'POST', `/matters/${matterNo}/confirmation`, { agreed: true });
      await scene.refusals.ofAgency('NOT_FOUND', () => ask(guangzhou, 'collaboration', 'GET', `/matters/${matterNo}`));
      await scene.refusals.ofAgency('NOT_FOUND', () => answer(guangzhou));
      await scene.refusals.ofAgency('NOT_THE_RESPONSIBLE', () => answer(hunan));
      await scene.refusals.ofAgency('NOT_THE_ASKER', () => confirm(clerk('110000')));
      await scene.refusals.ofAgency('WRONG_STATE', () => confirm(hunan));
      expect(await read(guangzhou, 'collaboration', '/matters')).toEqual([]);
    });
  });
}
