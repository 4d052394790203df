import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '#shared/testing';
import { SettlementWorld } from '../testing/settlement-world.js';
import { MessageLog } from './message-log.js';
import { finishMessages } from './message-log.repository.js';

const institutionCode = 'H31000000301';

describe('the register of messages', () => {
  let world: SettlementWorld;
  let service: TestService;
  const begin = (msgid: string, content: unknown = { a: 1, b: [{ c: 'x', d: null }] }, infno = '2207') =>
    service
      .get(MessageLog)
      .begin({ institutionCode, msgid }, { infno, content, personNo: null, visitId: null }, 'running');
  const finish = (msgid: string, answer: string) =>
    service.transaction((tx) =>
      finishMessages(tx, [{ institutionCode, msgid, answer, visitId: null, at: service.clock.now() }]),
    );
  const release = (msgid: string) => service.get(MessageLog).release({ institutionCode, msgid });

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
    service = world.service;
  });
  afterAll(() => world.stop());

  it('[P5.2] a new message goes; while it runs the same one waits', async () => {
    expect(await begin('m1')).toEqual({ kind: 'go' });
    expect(await begin('m1')).toMatchObject({ kind: 'no', refusal: { code: 'MESSAGE_RUNNING' } });
  });

  it('[P5.2] of many at once one goes', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => begin('m2')));
    expect(all.filter(({ kind }) => kind === 'go')).toHaveLength(1);
  });

  it('[P5.2] what is done is answered alike for ever, with keys in any order', async () => {
    await finish('m1', '{"setl_id":"S1"}');
    const known = { kind: 'known', answer: '{"setl_id":"S1"}' };
    expect(await begin('m1')).toEqual(known);
    service.setDay('2027-03-16');
    expect(await begin('m1', { b: [{ d: null, c: 'x' }], a: 1 })).toEqual(known);
    service.setDay('2026-03-16');
  });

  it.each([
    ['another value', { a: 2, b: [{ c: 'x', d: null }] }, '2207'],
    ['a key more', { a: 1, b: [{ c: 'x', d: null }], e: 0 }, '2207'],
    ['a number as text', { a: '1', b: [{ c: 'x', d: null }] }, '2207'],
    ['another transaction', { a: 1, b: [{ c: 'x', d: null }] }, '2208'],
  ])('[P5.2] the same msgid with %s is refused', async (_, content, infno) => {
    expect(await begin('m1', content, infno)).toMatchObject({ kind: 'no', refusal: { code: 'MESSAGE_CHANGED' } });
  });

  it('[P5.2] the order of a list is content', async () => {
    await begin('m3', { list: [1, 2] });
    expect(await begin('m3', { list: [2, 1] })).toMatchObject({ refusal: { code: 'MESSAGE_CHANGED' } });
  });

  it('[P5.2] another hospital may use the same msgid', async () => {
    const other = service
      .get(MessageLog)
      .begin(
        { institutionCode: 'H31000000302', msgid: 'm1' },
        { infno: '2207', content: {}, personNo: null, visitId: null },
        'running',
      );
    expect(await other).toEqual({ kind: 'go' });
  });

  it('[P5.2] what was refused may come again, but not with other content', async () => {
    await begin('m4');
    await release('m4');
    expect(await begin('m4', { other: true })).toMatchObject({ refusal: { code: 'MESSAGE_CHANGED' } });
    expect(await begin('m4')).toEqual({ kind: 'go' });
  });

  it('[P5.2] what a dead process left running is taken over after a minute, not before', async () => {
    await begin('m5');
    service.setDay('2026-03-16', '10:00:59');
    expect(await begin('m5')).toMatchObject({ refusal: { code: 'MESSAGE_RUNNING' } });
    service.setDay('2026-03-16', '10:01:30');
    expect(await begin('m5')).toEqual({ kind: 'go' });
    expect(await begin('m5')).toMatchObject({ refusal: { code: 'MESSAGE_RUNNING' } });
  });

  it('[P5.2] an answer is stored once: a message that nobody started or that is done cannot be finished', async () => {
    await expect(finish('never', '{}')).rejects.toThrow('nobody had started');
    await expect(finish('m1', '{"setl_id":"S2"}')).rejects.toThrow('nobody had started');
    await release('m1');
    expect(await begin('m1')).toMatchObject({ kind: 'known' });
  });
});
