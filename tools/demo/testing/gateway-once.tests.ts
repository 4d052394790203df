import { expect, it } from '@jest/globals';
import { formatYuan, parseYuan, sum } from '#shared/money';
import { eventually } from '#shared/testing';
import { databaseAddress, withClient } from '../../launcher/postgres-client.js';
import type { EnvelopeAnswer, Json } from '../doors.js';
import { clerk } from '../people.js';
import { refundInput, settlementInput } from '../story/hospital-messages.js';
import type { VisitFact } from '../story/visits.js';
import { outpatient, send, stay } from './facts.js';
import { firstDay as day } from './scene.js';
import type { Scene } from './scene.js';
import { institutions, persons } from '../world.js';

export function gatewayOnce(scene: Scene): void {
  const post = (fact: VisitFact, infno: string, input: Json, more?: { msgid?: string }) =>
    send(scene.world.doors, fact, infno, input, more);
  const charged = async (fact: VisitFact): Promise<string> => {
    const visitId = await scene.stage.desk.register(fact);
    await scene.stage.desk.charge(fact, visitId);
    return visitId;
  };

  const read = async (response: Response): Promise<EnvelopeAnswer> => (await response.json()) as EnvelopeAnswer;
  const settlementsOf = async (personNo: string): Promise<Record<string, string>[]> =>
    scene.world.doors.call(clerk('000000'), 'settlement', 'GET', `/settlements?personNo=${personNo}`);
  const newMessage = () => scene.world.doors.newMessageId(institutions['H-BJ3']);

  it('[P5.2 H83] the same message is answered alike and done once; another content or number under its msgid is refused', async () => {
    const fact = outpatient('ONCE', day);
    const visitId = await charged(fact);
    const input = settlementInput(fact, visitId);
    const msgid = newMessage();
    const first = await read(await post(fact, '2207', input, { msgid }));
    expect(first.infcode).toBe(0);
    await scene.world.state.settled();
    const before = await scene.world.state.read();
    expect((await read(await post(fact, '2207', input, { msgid }))).output).toEqual(first.output);
    expect(await scene.world.state.read()).toEqual(before);
    const other = { data: { ...input.data, invono: 'OTHER' } };
    await scene.refusals.ofGateway('MESSAGE_CHANGED', () => post(fact, '2207', other, { msgid }));
    await scene.refusals.ofGateway('MESSAGE_CHANGED', () => post(fact, '2304', input, { msgid }));
  });

  it('[P5.2 H83] a message that is running is not begun again; once it is done its answer is there', async () => {
    const fact = outpatient('RUNNING', day);
    const input = settlementInput(fact, await charged(fact));
    const msgid = newMessage();
    await scene.world.state.settled();
    let first: Promise<Response> | undefined;
    await withClient(databaseAddress(scene.world.servers.databaseUrl, scene.world.databaseName), async (client) => {
      await client.query('begin');
      await client.query('select 1 from settlement.insured_person where person_no = $1 for update', [
        persons.A.personNo,
      ]);
      first = post(fact, '2207', input, { msgid });
      const isWaiting = async (): Promise<boolean> =>
        (
          await client.query(
            'select 1 from pg_stat_activity where wait_event_type = $1 and datname = current_database()',
            ['Lock'],
          )
        ).rowCount === 1;
      await eventually(isWaiting, (waiting) => waiting);
      await scene.refusals.ofGateway('MESSAGE_RUNNING', () => post(fact, '2207', input, { msgid }));
      await client.query('rollback');
    });
    if (first === undefined) throw new Error('the message was sent');
    const answer = await read(await first);
    expect(answer.infcode).toBe(0);
    expect((await read(await post(fact, '2207', input, { msgid }))).output).toEqual(answer.output);
  });

  it('[P5.2 P2.4] a refused message may come again unchanged when its reason is gone', async () => {
    const fact = stay('AGAIN', day);
    const visitId = await scene.stage.desk.admit(fact);
    await scene.stage.desk.charge(fact, visitId);
    const input = settlementInput(fact, visitId);
    const msgid = scene.world.doors.newMessageId(institutions['H-ZZ2']);
    await scene.refusals.ofGateway('VISIT_NOT_DISCHARGED', () => post(fact, '2304', input, { msgid }));
    await scene.stage.desk.discharge(fact, visitId);
    expect(await read(await post(fact, '2304', input, { msgid }))).toMatchObject({ infcode: 0 });
  });

  it('[P5.2 H83] the same message twenty times at once: one settlement, equal answers or "in progress"', async () => {
    const fact = outpatient('TWENTY', day);
    const visitId = await charged(fact);
    const input = settlementInput(fact, visitId);
    const msgid = newMessage();
    const sent = Array.from({ length: 20 }, async () => read(await post(fact, '2207', input, { msgid })));
    const answers = await Promise.all(sent);
    const done = answers.filter(({ infcode }) => infcode === 0);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ output }) => JSON.stringify(output))).size).toBe(1);
    for (const { infcode, err_msg } of answers)
      expect(infcode === 0 ? 'done' : err_msg).toMatch(/^done$|^\[MESSAGE_RUNNING\]/);
    const settled = await settlementsOf(persons.A.personNo);
    expect(settled.filter((one) => one['visitId'] === visitId)).toHaveLength(1);
  });

  it('[N34 P5.2] one visit settled by ten messages at once, and refunded by ten: once each', async () => {
    const fact = outpatient('TEN', day);
    const visitId = await charged(fact);
    const ten = <T>(work: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 10 }, work));
    const answers = await ten(async () => read(await post(fact, '2207', settlementInput(fact, visitId))));
    const [settled, ...others] = answers.sort((a, b) => b.infcode - a.infcode);
    expect(settled?.infcode).toBe(0);
    for (const { err_msg } of others) expect(err_msg).toMatch(/^\[ALREADY_SETTLED\]/);
    const id = String((settled?.output?.['setlinfo'] as Json)['setl_id']);
    const refunds = await ten(async () => read(await post(fact, '2208', refundInput(fact, visitId, id))));
    expect(refunds.filter(({ infcode }) => infcode === 0)).toHaveLength(1);
    for (const { infcode, err_msg } of refunds)
      expect(infcode === 0 ? 'done' : err_msg).toMatch(/^done$|^\[ALREADY_REFUNDED\]/);
  });

  it('[N31 H18 H26] fifty visits of one person settled at once: not a fen above the ceilings of the year, nor from an empty account', async () => {
    const lines = [{ item: 'drug-a', price: '200.00', quantity: 1 }] as const;
    const facts = Array.from({ length: 50 }, (_, index) =>
      outpatient(`MANY${index}`, day, { lines, useAccount: true }),
    );
    const visits: [VisitFact, string][] = [];
    for (let at = 0; at < facts.length; at += 10)
      visits.push(
        ...(await Promise.all(
          facts.slice(at, at + 10).map(async (fact) => [fact, await charged(fact)] as [VisitFact, string]),
        )),
      );
    const answers = await Promise.all(
      visits.map(async ([fact, visitId]) => read(await post(fact, '2207', settlementInput(fact, visitId)))),
    );
    expect(answers.filter(({ infcode }) => infcode !== 0)).toEqual([]);
    const all = await settlementsOf(persons.A.personNo);
    const total = (key: string): string => formatYuan(sum(all.map((one) => parseYuan(one[key] ?? ''))));
    expect(total('fundTotal')).toBe('1500.00');
    expect(total('deductible')).toBe('300.00');
    expect(total('personalAccount')).toBe(persons.A.account);
    for (const one of all) expect(one['accountBalanceAfter']).not.toMatch(/^-/);
    expect(total('total')).toBe(
      formatYuan(sum(['fundTotal', 'personalAccount', 'cash'].map((key) => parseYuan(total(key))))),
    );
  });
}
