import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueChanged } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { testCaller } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { startCollaboration } from '../testing/collaboration-service.js';
import { listMatters } from './matter.repository.js';
import { WorkOnMatter } from './work-on-matter.js';

const asker = testCaller('430600');
const responsible = testCaller('420100');
const question = { type: 'other', subject: '费用核实', details: '请核实住院天数', responsible: '420100' } as const;

describe('a matter between agencies', () => {
  let service: TestService;
  let no = '';
  const work = () => service.get(WorkOnMatter);
  const due = async (matterNo: string) =>
    (await service.obligations())
      .filter(({ subject }) => subject.startsWith(matterNo))
      .map(({ kind, owner, subject, dueOn, metOn, state }) => [
        `${kind} ${owner} ${subject.replace(matterNo, 'M')}`,
        dueOn,
        metOn ?? state,
      ]);

  beforeAll(async () => {
    service = await startCollaboration('2026-03-16');
    await service.moveTo('2026-03-16');
    no = orThrow(await work().ask(question, asker)).matterNo;
  });
  afterAll(() => service.stop());

  it('[N59] nobody asks himself', async () => {
    expect(await work().ask({ ...question, responsible: '430600' }, asker)).toMatchObject({
      code: 'MATTER_WITH_ONESELF',
    });
  });

  it('[N59] the first receiver owes the answer in ten working days', async () => {
    expect(await due(no)).toEqual([['answer-matter 420100 M', '2026-03-30', 'open']]);
  });

  it('[N59 N57] only the responsible agency answers, only the asker confirms, a stranger does not find it', async () => {
    expect(await work().answer(no, 'x', asker)).toMatchObject({ code: 'NOT_THE_RESPONSIBLE' });
    expect(await work().answer(no, 'x', testCaller('420000'))).toMatchObject({ code: 'NOT_THE_RESPONSIBLE' });
    expect(await work().confirm(no, true, null, responsible)).toMatchObject({ code: 'NOT_THE_ASKER' });
    expect(await work().answer(no, 'x', testCaller('310000'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await work().confirm(no, true, null, testCaller('430100'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[N59] what is not answered cannot be confirmed', async () => {
    expect(await work().confirm(no, true, null, asker)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('[N59] the answer meets its duty, and the asker owes a confirmation in ten working days', async () => {
    await service.moveTo('2026-03-17');
    expect(await work().answer(no, '已核实', responsible)).toMatchObject({ state: 'answered', answer: '已核实' });
    expect(await work().answer(no, '再答', responsible)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await due(no)).toEqual([
      ['answer-matter 420100 M', '2026-03-30', '2026-03-17'],
      ['confirm-matter 430600 M', '2026-03-31', 'open'],
    ]);
  });

  it('[N59] a disputed answer begins a second round with a term of its own', async () => {
    await service.moveTo('2026-03-18');
    expect(await work().confirm(no, false, '天数不符', asker)).toMatchObject({ state: 'disputed', reason: '天数不符' });
    expect(await due(no)).toEqual([
      ['answer-matter 420100 M', '2026-03-30', '2026-03-17'],
      ['answer-matter 420100 M/2', '2026-04-01', 'open'],
      ['confirm-matter 430600 M', '2026-03-31', '2026-03-18'],
    ]);
  });

  it('[N59] the second answer meets the second term and asks for a second confirmation', async () => {
    await service.moveTo('2026-03-19');
    await work().answer(no, '更正：8 天', responsible);
    expect((await due(no)).filter(([name]) => name?.endsWith('M/2'))).toEqual([
      ['answer-matter 420100 M/2', '2026-04-01', '2026-03-19'],
      ['confirm-matter 430600 M/2', '2026-04-02', 'open'],
    ]);
  });

  it('[N59] silence is no consent on the last day, and consent on the day after', async () => {
    const state = async () => service.query(`select state from matter where matter_no = $1`, [no]);
    await service.moveTo('2026-04-02', '23:59');
    expect(await state()).toEqual([{ state: 'answered' }]);
    await service.moveTo('2026-04-03', '00:01');
    expect(await state()).toEqual([{ state: 'confirmed' }]);
    expect(await work().confirm(no, false, '太晚', asker)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('[N59] an answer that does not come is overdue on the day after its term, and may still be given', async () => {
    const urgent = orThrow(await work().ask({ ...question, type: 'system-failure' }, asker)).matterNo;
    await service.moveTo('2026-04-07', '23:59');
    expect(await due(urgent)).toEqual([['answer-matter 420100 M', '2026-04-07', 'open']]);
    await service.moveTo('2026-04-08', '00:01');
    expect(await due(urgent)).toEqual([['answer-matter 420100 M', '2026-04-07', 'overdue']]);
    await work().answer(urgent, '已恢复', responsible);
    expect(await due(urgent)).toContainEqual(['answer-matter 420100 M', '2026-04-07', '2026-04-08']);
    expect(await work().confirm(urgent, true, null, asker)).toMatchObject({ state: 'confirmed' });
  });

  it('[N57] both parties and who stands above them see a matter, others do not', async () => {
    const seenBy = async (prefix: string): Promise<number> =>
      (await service.database.asScope({ prefix }, (tx) => listMatters(tx, { state: null, cause: null }))).length;
    expect(await Promise.all(['4306', '43', '4201', '42', '*'].map(seenBy))).toEqual([2, 2, 2, 2, 2]);
    expect(await Promise.all(['4301', '4202', '31'].map(seenBy))).toEqual([0, 0, 0]);
  });

  it('[N59] every move is told to the others, in the order of the matter’s versions', async () => {
    const told = (await service.published(issueChanged)).filter(({ aggregateId }) => aggregateId === no);
    expect(told.map(({ aggregateVersion, payload }) => `${aggregateVersion} ${payload.state}`)).toEqual([
      '1 open',
      '2 answered',
      '3 disputed',
      '4 answered',
      '5 confirmed',
    ]);
  });
});
