import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargesAudited } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { testCaller } from '#shared/testing';
import type { Settlement } from '../settlement/settlement.js';
import { declare, findingOn, state } from '../testing/declaring.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { AnswerAudit } from './answer-audit.js';
import { AuditDeclaration } from './audit-declaration.js';

const area = testCaller('310000', 'auditor');

/** A declared month with one settlement and one deduction of 20.00 on it. */
async function preliminary(world: SettlementWorld): Promise<{ declarationId: string; settled: Settlement }> {
  const settled = await world.settled('P1', '400.00');
  await state(world, 'outpatient', world.today());
  await world.service.moveTo('2026-04-08');
  const { declarationId } = orThrow(await declare(world, 'outpatient'));
  const finding = await findingOn(world, settled, 2_000n);
  await world.service.get(AuditDeclaration).execute(declarationId, [finding], area);
  return { declarationId, settled };
}

describe('an audit that nobody objects to', () => {
  let world: SettlementWorld;
  let declarationId: string;
  let settled: Settlement;
  const stateNow = async () =>
    (
      await world.service.query<{ state: string }>('select state from declaration where declaration_id = $1', [
        declarationId,
      ])
    )[0]?.state;

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    await world.service.moveTo('2026-03-30');
    await world.person({ personNo: 'P1' });
    ({ declarationId, settled } = await preliminary(world));
  });
  afterAll(() => world.stop());

  it('[H49] stands open to the end of the fifth working day', async () => {
    await world.service.moveTo('2026-04-15', '23:59');
    expect(await stateNow()).toBe('preliminary');
  });

  it('[H49] is accepted by silence on the day after, with its deduction, and told once', async () => {
    await world.service.moveTo('2026-04-16', '00:01');
    await world.service.moveTo('2026-04-17');
    expect(await stateNow()).toBe('final');
    const events = await world.service.published(chargesAudited);
    expect(events.map(({ payload }) => payload.settlements)).toEqual([
      [{ settlementId: settled.settlementId, deductions: [{ fundType: '310100', amount: '20.00' }] }],
    ]);
  });

  it('[H49] after that nobody accepts or reviews it any more', async () => {
    const answer = world.service.get(AnswerAudit);
    const hospital = testCaller('310000', 'office', shanghai.institutionCode);
    await expect(answer.accept(declarationId, hospital)).rejects.toMatchObject({ refusal: { code: 'WRONG_STATE' } });
    await expect(answer.review(declarationId, [], area)).rejects.toMatchObject({ refusal: { code: 'WRONG_STATE' } });
  });
});

describe('an audit that the hospital accepts', () => {
  let world: SettlementWorld;
  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    await world.service.moveTo('2026-03-30');
    await world.person({ personNo: 'P1' });
  });
  afterAll(() => world.stop());

  it('[H49] is final at once, and its term for objections has ended', async () => {
    const { declarationId } = await preliminary(world);
    const hospital = testCaller('310000', 'office', shanghai.institutionCode);
    await world.service.moveTo('2026-04-09');
    expect(await world.service.get(AnswerAudit).accept(declarationId, hospital)).toMatchObject({ state: 'final' });
    expect(await world.service.obligations('object')).toMatchObject([{ dueOn: '2026-04-15', metOn: '2026-04-09' }]);
  });
});

describe('a settlement that is refunded before its audit is final', () => {
  let world: SettlementWorld;
  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    await world.service.moveTo('2026-03-30');
    await world.person({ personNo: 'P1' });
  });
  afterAll(() => world.stop());

  it('[N54 N42] is not deducted as well: the refund gives back all of it', async () => {
    const { settled } = await preliminary(world);
    orThrow(await world.refund(settled));
    await world.service.moveTo('2026-04-16');
    const events = await world.service.published(chargesAudited);
    expect(events.map(({ payload }) => payload.settlements)).toEqual([
      [{ settlementId: settled.settlementId, deductions: [] }],
    ]);
    expect(await world.count('audit_deduction')).toBe(0);
  });
});
