import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerProblems } from '#shared/gateway-client';
import type { Json } from '../doors.js';
import { identityInput, feeLines, registrationInput } from '../story/hospital-messages.js';
import { institutions, items, persons } from '../world.js';
import { fuzzedMessage, mutated, numberOf } from './envelope-fuzz.js';
import type { FuzzedMessage, KnownValues } from './envelope-fuzz.js';
import { outpatient } from './facts.js';
import { realSamples } from './real-samples.js';
import { firstDay as day } from './scene.js';
import type { Scene } from './scene.js';

/** `YIDI_FUZZ=50000 npm test -- gateway.e2e` for the long run; a failure prints its seed. */
const messages = Number(process.env['YIDI_FUZZ'] ?? '5000');
const atOnce = 8;

/** What nobody may see: names of our tools, SQL, stacks, English sentences of a library. */
const inside = /error|exception|stack|\.[jt]s\b|select |insert |constraint|typeorm|postgres|undefined|\[object|NaN/i;

export function gatewayFuzz(scene: Scene): void {
  const hospital = institutions['H-BJ3'];

  async function known(): Promise<KnownValues> {
    const { doors } = scene.world;
    const home = { home: '430100' };
    await doors.settle(hospital, '1101', identityInput(persons.A), home);
    const fact = outpatient('FUZZ', day);
    const opened = await doors.settle(hospital, '2201', registrationInput(fact), home);
    const visitId = String((opened['data'] as Json)['mdtrt_id']);
    await doors.settle(hospital, '2204', { feedetail: feeLines(fact, visitId) }, home);
    return {
      psn_no: [persons.A.personNo],
      mdtrt_id: [visitId],
      certno: [persons.A.identityNumber],
      mdtrt_cert_no: [persons.A.identityNumber],
      mdtrt_cert_type: ['02', 2],
      insutype: ['310'],
      chrg_bchno: [`P${fact.id}`, 'OTHER'],
      med_list_codg: Object.values(items).map(({ code }) => code),
      begntime: [`${day} 08:00:00`],
      fee_ocur_time: [`${day} 09:00:00`],
      med_type: ['11', '21'],
      clr_type: ['11', '21'],
      page_num: [1],
      page_size: [20],
      fixmedins_mdtrt_id: ['ZF-FUZZ'],
      oinfno: ['2207', '2204', '2201', '2401'],
      pric: ['10.00'],
      cnt: ['1', 2],
      det_item_fee_sumamt: ['10.00', 20],
      acct_used_flag: ['0', '1'],
      mid_setl_flag: ['0'],
    };
  }

  /** Nothing but the interface: HTTP 200, the envelope, the output of its number, and never "our fault". */
  async function wrongWith({ infno, input, envelope }: FuzzedMessage): Promise<string[]> {
    const { doors } = scene.world;
    const message = doors.message(hospital, infno, input as Json);
    const response = await doors.post({ ...message, envelope: { ...message.envelope, ...envelope } });
    const type = response.headers.get('content-type') ?? '';
    if (response.status === 200 && type === 'application/octet-stream') return [];
    const text = await response.text();
    const answer = JSON.parse(text) as { infcode: number; err_msg: string };
    const number = numberOf(infno);
    return [
      ...(response.status === 200 ? [] : [`status ${response.status}`]),
      ...(number === undefined ? [] : answerProblems(number, answer)),
      ...(answer.infcode === -1 ? [`-1: ${answer.err_msg}`] : []),
      ...(inside.test(answer.err_msg.replace(/^\[\w+\]/, '')) ? [`raw text: ${answer.err_msg}`] : []),
    ];
  }

  describe('generated messages', () => {
    const run = async (arbitrary: fc.Arbitrary<FuzzedMessage>, count: number): Promise<void> => {
      const batches = fc.array(arbitrary, { minLength: atOnce, maxLength: atOnce });
      await fc.assert(
        fc.asyncProperty(batches, async (batch) => {
          const found = await Promise.all(batch.map(async (one) => [one.infno, ...(await wrongWith(one))]));
          expect(found.filter(({ length }) => length > 1)).toEqual([]);
        }),
        { numRuns: Math.ceil(count / atOnce), endOnFailure: true },
      );
    };
    const minutes = 60_000;

    it(
      `[H83 P5.2] ${messages} from the schemas: no fault of ours, no answer outside its schema, no raw text`,
      async () => {
        await run(fuzzedMessage(await known()), messages * 0.8);
      },
      30 * minutes,
    );

    it(
      '[H83 P5.2] real messages with something changed: the same',
      async () => {
        await run(mutated(realSamples), messages * 0.2);
      },
      30 * minutes,
    );
  });
}
