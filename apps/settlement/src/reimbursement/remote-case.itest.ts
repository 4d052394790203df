import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal, orThrow } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { testCaller } from '#shared/testing';
import { codeOf } from '../testing/settlement-world.js';
import { TwoDeployments } from '../testing/two-deployments.js';
import { ApproveReimbursement } from './approve-reimbursement.js';
import { ComputeReimbursement } from './compute-reimbursement.js';
import { KeepForReimbursement } from './keep-for-reimbursement.js';

const maker = testCaller('430100', 'maker');
const checker = testCaller('430100', 'checker');

describe('a case whose home side is another deployment', () => {
  let two: TwoDeployments;
  let personNo: string;
  let caseNo: string;
  const compute = () =>
    two.shanghai.service.get(ComputeReimbursement).execute({ caseNo, catalogue: 'treatment' }, maker);
  const approve = () => two.shanghai.service.get(ApproveReimbursement).execute({ caseNo }, checker);
  /** In fen: what home has granted, what it has used up, and what is not at an end between the two. */
  const home = async () => [
    (await two.atHome(personNo)).fund,
    await two.hunan.accumulators(personNo),
    await two.open(),
  ];
  const nothing = [0n, {}, []];

  beforeAll(async () => {
    two = await TwoDeployments.start('2026-03-10');
    personNo = 'P1';
    await two.person({ personNo });
  }, 60_000);
  afterAll(() => two.stop());

  it('[N44 H53] the network is down: the bill is kept where it is, and nobody has moved anything', async () => {
    const stay = await two.shanghai.discharged(personNo, '3000.00');
    const command = two.shanghai.command(stay, '3000.00');
    two.network.plan.push('before-request', 'inside-answer');
    const silent = await two.settle(command);
    expect(codeOf(silent)).toBe('HOME_SIDE_SILENT');
    const kept = await two.shanghai.service.get(KeepForReimbursement).execute(command, silent as Refusal);
    expect(kept.code).toBe('KEPT_FOR_REIMBURSEMENT');
    caseNo = String(kept.args['caseNo']);
    await two.tellEverything();
    expect(await home()).toEqual(nothing);
  });

  it('[N44] it is computed by the home side itself, with what that has in its books', async () => {
    two.network.plan.push('before-request', 'before-request');
    expect(codeOf(await compute())).toBe('HOME_SIDE_SILENT');
    const { figures } = orThrow(await compute());
    expect([figures?.deductibleFen, figures?.fundFen, figures?.cashFen]).toEqual([110_000n, 161_500n, 138_500n]);
    expect(await home()).toEqual(nothing);
  });

  it('[N44 N61] the network is cut while it is approved: still computed, and home takes back what it may have granted', async () => {
    two.network.plan.push('inside-answer', 'inside-answer');
    expect(codeOf(await approve())).toBe('HOME_SIDE_SILENT');
    await two.tellEverything();
    expect(await home()).toEqual(nothing);
    expect(codeOf(await compute())).toBe('fine');
  });

  it('[N61 N31] approved here, granted there, once; cancelled, home has everything back', async () => {
    const [first, second] = await Promise.all([approve(), approve()]);
    expect([first, second].filter((outcome) => !isRefusal(outcome)).length).toBeGreaterThan(0);
    await two.tellEverything();
    expect(await home()).toEqual([161_500n, expect.objectContaining({ 'cap.pool': 161_500n }), []]);
    const third = testCaller('430100', 'third');
    const cancelled = await two.shanghai.service.get(ApproveReimbursement).cancel(caseNo, '误核', third);
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    await two.tellEverything();
    expect(await home()).toEqual(nothing);
  });
});
