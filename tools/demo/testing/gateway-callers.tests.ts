import { describe, expect, it } from '@jest/globals';
import type { Json } from '../doors.js';
import { clerk } from '../people.js';
import { admissionInput, identityInput } from '../story/hospital-messages.js';
import type { VisitFact } from '../story/visits.js';
import { outpatient, send, stay } from './facts.js';
import { firstDay as day } from './scene.js';
import type { Scene } from './scene.js';
import { institutions, persons } from '../world.js';

const hospital = institutions['H-BJ3'];
const question = { data: { mdtrt_cert_type: '02', certno: persons.A.identityNumber, psn_name: persons.A.name } };
const registration = {
  data: { psn_no: persons.A.personNo, insutype: '310', begntime: '2026-03-02 10:00:00', ipt_otp_no: 'MZ-ENVELOPE' },
};

export function gatewayCallers(scene: Scene): void {
  const message = (infno: string, input: Json, more: Json = {}) => {
    const { headers, envelope } = scene.world.doors.message(hospital, infno, input);
    return { infno, headers, envelope: { ...envelope, ...more } };
  };
  const ask = (infno: string, input: Json, more: Json = {}) => scene.world.doors.post(message(infno, input, more));
  const post = (fact: VisitFact, infno: string, input: Json, more?: { home?: string }) =>
    send(scene.world.doors, fact, infno, input, more);
  const sendBytes = (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
    scene.world.doors.postBytes('1101', { ...scene.world.doors.signature(hospital.code), ...headers }, body);
  const sendHeaders = (headers: Record<string, string | undefined>, at?: Date) => {
    const given = { ...scene.world.doors.signature(hospital.code, at), ...headers };
    const kept = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return scene.world.doors.post({ ...message('1101', question), headers: Object.fromEntries(kept) });
  };

  describe('bytes', () => {
    const wrong: Record<string, string | Buffer<ArrayBuffer>> = {
      'malformed JSON': '{"infno":"1101", "msgid": ',
      'no content': '',
      'a list': '[1, 2, 3]',
      'a text': '"1101"',
      nothing: 'null',
      'a prototype instead of a field': '{"__proto__":{"infno":"1101"},"msgid":"1"}',
      'a thousand lists in each other': `{"input":${'['.repeat(1000)}${']'.repeat(1000)}}`,
    };
    it.each(Object.entries(wrong))('[P5.2 H83] %s is no message', async (_name, body) => {
      const answer = await scene.refusals.ofGateway('ENVELOPE_INVALID', () => sendBytes(body));
      expect(answer.err_msg).toMatch(/JSON|UTF-8|报文|层/);
    });

    it('[P5.2 H83] a name in GBK instead of UTF-8 is told so', async () => {
      const head = Buffer.from('{"infno":"1101","input":{"data":{"psn_name":"');
      const body = Buffer.concat([head, Buffer.from([0xb0, 0xb2]), Buffer.from('"}}}')]);
      await scene.refusals.ofGateway('NOT_UTF8', () => sendBytes(body));
    });

    it('[P5.2 H83] a character that no database can hold is refused, not stored and not an accident', async () => {
      await scene.refusals.ofGateway('ENVELOPE_INVALID', () =>
        ask('2201', { data: { ...registration.data, ipt_otp_no: 'a\0b' } }),
      );
    });

    it.each(['application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      '[P5.2 H83] a message of the type %s is refused',
      async (type) => {
        const body = JSON.stringify(message('1101', question).envelope);
        await scene.refusals.ofGateway('ENVELOPE_INVALID', () => sendBytes(body, { 'content-type': type }));
      },
    );

    it('[P5.2 H83] JSON that calls itself text is taken, as hospital systems send it', async () => {
      const body = JSON.stringify(message('1101', question).envelope);
      const answer = await sendBytes(body, { 'content-type': 'text/plain; charset=utf-8' });
      expect(await answer.json()).toMatchObject({ infcode: 0 });
    });

    it('[P5.2 H83] 13 MB are too many for one message', async () => {
      const body = Buffer.alloc(13 * 1024 * 1024, 'x');
      await scene.refusals.ofGateway('TOO_LARGE', () => sendBytes(body));
    });
  });

  describe('the envelope', () => {
    it('[P5.2 H83] an unknown transaction number is named in the answer', async () => {
      const answer = await scene.refusals.ofGateway('UNKNOWN_TRANSACTION', () =>
        ask('9999', question, { infno: '9999' }),
      );
      expect(answer.err_msg).toContain('9999');
    });

    it.each(['constructor', '__proto__', "1101'--"])('[P5.2] %s is an unknown transaction like any other', (infno) =>
      scene.refusals.ofGateway('UNKNOWN_TRANSACTION', () => ask(encodeURIComponent(infno), question, { infno })),
    );

    it.each([
      ['another transaction number than the address', { infno: '2201' }, '交易编号'],
      ['no msgid', { msgid: '' }, 'msgid'],
      ['a msgid of 65 characters', { msgid: 'M'.repeat(65) }, 'msgid'],
      ['no institution', { fixmedins_code: null }, 'fixmedins_code'],
      ['no input', { input: null }, 'input'],
      ['a text instead of the input', { input: 'x' }, 'input'],
      ['no data in the input', { input: {} }, 'data'],
      [
        'a name of a million characters',
        { input: { data: { ...question.data, psn_name: '名'.repeat(1_000_000) } } },
        'psn_name',
      ],
    ])('[P5.2 H83] %s: the answer names the field', async (_name, more, field) => {
      const answer = await scene.refusals.ofGateway('ENVELOPE_INVALID', () => ask('1101', question, more));
      expect(answer.err_msg).toContain(field);
    });

    it.each(["' or '1'='1", '"; drop table settlement.visit; --', '${7*7}', '<script>alert(1)</script>', '\\'])(
      '[P5.2 P5.3] %s is a certificate that nobody has, and nothing more',
      (certno) => scene.refusals.ofGateway('PERSON_UNKNOWN', () => ask('1101', { data: { ...question.data, certno } })),
    );
  });

  describe('persons and visits', () => {
    const admit = async (fact: VisitFact, more: Json = {}, options?: { home?: string }) => {
      const input = admissionInput(fact);
      await scene.stage.desk.identify(fact);
      return post(fact, '2401', { ...input, mdtrtinfo: { ...(input['mdtrtinfo'] as Json), ...more } }, options);
    };

    it('[N16 H26 P3.3] a certificate that nobody has belongs to an unknown person', () =>
      scene.refusals.ofGateway('PERSON_UNKNOWN', () =>
        post(outpatient('X', day), '1101', identityInput({ ...persons.A, identityNumber: '999999198001010027' })),
      ));

    it('[N16 H26] another name than the registered one is a mismatch', () =>
      scene.refusals.ofGateway('NAME_DIFFERS', () =>
        post(outpatient('X', day), '1101', identityInput({ ...persons.A, name: persons.B.name })),
      ));

    it.each(['', '43010000000000000000999999', "43'; drop table visit; --"])(
      '[N16] an admission of the unknown person %s is refused',
      (psn_no) =>
        scene.refusals.ofGateway(psn_no === '' ? 'ENVELOPE_INVALID' : 'PERSON_UNKNOWN', () =>
          admit(stay('X', day), { psn_no }),
        ),
    );

    it('[N57 P5.3] a person whom this hospital has never identified is as unknown as one who does not exist', () =>
      scene.refusals.ofGateway('PERSON_UNKNOWN', () => admit(stay('X', day), { psn_no: persons.G.personNo })));

    it('[N16] a scheme in which the person is not insured is refused', () =>
      scene.refusals.ofGateway('NOT_INSURED_IN_SCHEME', () => admit(stay('X', day), { insutype: '390' })));

    it('[N16] a person whom the hospital believes insured elsewhere is refused', () =>
      scene.refusals.ofGateway('HOME_AREA_DIFFERS', () => admit(stay('X', day), {}, { home: '310000' })));

    it('[N14 N16 N17 P2.4 H27 P3.3] an unfiled admission is told to file before discharge, and how', async () => {
      const unfiled = stay('X', day, { person: 'D', institution: 'H-WH2' });
      const answer = await scene.refusals.ofGateway('NOT_FILED', () => admit(unfiled));
      expect(answer.err_msg).toMatch(/出院前.*APP.*补办/);
    });

    it.each(['2026-02-30 10:00:00', 'tomorrow', ''])('[P5.2] an admission on %s is no admission', (begntime) =>
      scene.refusals.ofGateway('ENVELOPE_INVALID', () => admit(stay('X', day), { begntime })),
    );

    it('[P5.2] an admission of tomorrow is not one of today', () =>
      scene.refusals.ofGateway('ADMISSION_DAY_WRONG', () =>
        admit(stay('X', day), { begntime: '2026-03-03 08:00:00' }),
      ));

    it('[N15 H23 H24] a suspended institution is refused with the reason, and what is not opened is named', async () => {
      const { code, name, area, level } = institutions['H-GZ3'];
      const call = (method: string, path: string, body: Json) =>
        scene.world.doors.call(clerk(area), 'settlement', method, `/institutions/${code}${path}`, body);
      const step = (event: string) => call('POST', '/agreement', { event, reason: '专项检查' });
      const emergency = stay('X', day, { person: 'C', institution: 'H-GZ3', medType: '24' });
      await step('suspend');
      expect((await scene.refusals.ofGateway('INSTITUTION_NOT_ACTIVE', () => admit(emergency))).err_msg).toContain(
        '暂停，自 2026-03-02，原因：专项检查',
      );
      await step('resume');
      const body = { name, level, area, services: ['outpatient'], agreement: 'active', effectiveOn: day };
      await call('PUT', '', body);
      expect((await scene.refusals.ofGateway('SERVICE_NOT_OFFERED', () => admit(emergency))).err_msg).toContain('住院');
    });
  });

  describe('the signature', () => {
    const names = ['x-tif-paasid', 'x-tif-timestamp', 'x-tif-nonce', 'x-tif-signature'];
    it.each(names)('[P5.3] without %s it is nobody’s call', (name) =>
      scene.refusals.ofGateway('SIGNATURE_MISSING', () => sendHeaders({ [name]: undefined })),
    );

    it.each([
      ['of a stranger', { 'x-tif-paasid': 'H11000000301-00000000' }],
      ['that is wrong', { 'x-tif-signature': 'f'.repeat(64) }],
      ['that is short', { 'x-tif-signature': 'ff' }],
      ['over another nonce', { 'x-tif-nonce': 'another' }],
      ['over another time', { 'x-tif-timestamp': '1772416800' }],
      ['over something that is no time', { 'x-tif-timestamp': 'now' }],
    ])('[P5.3] a signature %s is refused', (_name, headers) =>
      scene.refusals.ofGateway('SIGNATURE_WRONG', () => sendHeaders(headers)),
    );

    it.each([-310, 310])('[P5.3] a call signed %s seconds from now is refused', (seconds) =>
      scene.refusals.ofGateway('SIGNATURE_WRONG', () =>
        sendHeaders({}, new Date(scene.world.doors.now().getTime() + seconds * 1000)),
      ),
    );

    it('[P5.3] a call signed 290 seconds ago is still good', async () => {
      const answer = await sendHeaders({}, new Date(scene.world.doors.now().getTime() - 290_000));
      expect(await answer.json()).toMatchObject({ infcode: 0 });
    });

    it('[P5.3] a nonce counts once, also with a new message', async () => {
      const { headers } = message('1101', question);
      const first = await scene.world.doors.post({ ...message('1101', question), headers });
      expect(await first.json()).toMatchObject({ infcode: 0 });
      await scene.refusals.ofGateway('NONCE_USED', () =>
        scene.world.doors.post({ ...message('1101', question), headers }),
      );
    });

    it('[P5.3] a hospital cannot speak for another', () =>
      scene.refusals.ofGateway('INSTITUTION_MISMATCH', () =>
        ask('1101', question, { fixmedins_code: institutions['H-SH3'].code }),
      ));

    it('[P5.3] after a change-over the old secret is good for seven days and not longer', async () => {
      const { doors } = scene.world;
      const { code, area } = institutions['H-XT3'];
      const old = doors.credentialOf(code);
      if (old === undefined) throw new Error('the opening gave a credential to every hospital');
      await doors.call(clerk(area), 'settlement', 'POST', `/institutions/${code}/credentials`);
      const call = () => doors.post(doors.message(institutions['H-XT3'], '1101', question));
      expect(await (await call()).json()).toMatchObject({ infcode: 0 });
      await doors.moveTo('2026-03-10');
      await scene.refusals.ofGateway('SIGNATURE_WRONG', call);
    });
  });
}
