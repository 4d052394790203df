import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargesAudited } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { formatYuan, sum } from '#shared/money';
import { testCaller } from '#shared/testing';
import { PayInstitution } from '../payment/pay-institution.js';
import { sheetRows } from '../payment/payment.repository.js';
import { fundTotal } from '../settlement/settlement.js';
import type { Settlement } from '../settlement/settlement.js';
import { declare, findingOn, state } from '../testing/declaring.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { AnswerAudit } from './answer-audit.js';
import { AuditDeclaration } from './audit-declaration.js';
import type { GivenFinding } from './audit-declaration.js';

const area = testCaller('310000', 'auditor');
const hospital = testCaller('310000', 'office', shanghai.institutionCode);

describe('a settlement that was deducted, paid, and refunded in a later month', () => {
  let world: SettlementWorld;
  let settled: Settlement;
  let refund: Settlement;

  /** Declares a month, audits it to its end and prepares the payment; what the hospital gets for it, in fen. */
  const paidFor = async (month: string, findings: GivenFinding[]): Promise<bigint> => {
    const { declarationId } = orThrow(await declare(world, 'outpatient', {}, month));
    const audited = await world.service.get(AuditDeclaration).execute(declarationId, findings, area);
    if (audited.state !== 'final') await world.service.get(AnswerAudit).accept(declarationId, hospital);
    const prepare = world.service.get(PayInstitution).prepare(shanghai.institutionCode, month, area);
    return orThrow(await prepare).paidFen;
  };

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    world.service.setDay('2026-03-30');
    await world.person({ personNo: 'P1', account: '30.00' });
  });
  afterAll(() => world.stop());

  it('[N54 N42 H72] the refund takes back only what was paid: over both months the hospital has got nothing', async () => {
    settled = await world.settled('P1', '400.00');
    await state(world, 'outpatient', '2026-03-30');
    world.service.setDay('2026-04-08');
    // More than the funds paid, so that the personal account gives its part too.
    const deducted = fundTotal(settled) + 100n;
    const march = await paidFor('2026-03', [await findingOn(world, settled, deducted)]);
    expect(march).toBe(fundTotal(settled) + settled.personalAccountFen - deducted);

    refund = orThrow(await world.refund(settled));
    await state(world, 'outpatient', '2026-04-08');
    world.service.setDay('2026-05-06');
    const april = await paidFor('2026-04', []);
    expect(april).toBe(-march);
    expect(april).not.toBe(-(fundTotal(settled) + settled.personalAccountFen));
  });

  it('[N54] clearing is told the same, fund by fund with the opposite sign, and the payment sheet shows it', async () => {
    const told = (await world.service.published(chargesAudited)).flatMap(({ payload }) => payload.settlements);
    const [charge, back] = [settled, refund].map(({ settlementId }) =>
      told.find((one) => one.settlementId === settlementId),
    );
    expect(back?.deductions).toEqual([
      { fundType: '310100', amount: formatYuan(-fundTotal(settled)) },
      { fundType: '310200', amount: '-1.00' },
    ]);
    expect(back?.deductions.map(({ amount }) => amount.slice(1))).toEqual(
      charge?.deductions.map(({ amount }) => amount),
    );
    const sheets = await world.service.query<{ no: string }>('select payment_no as no from institution_payment');
    const lines = await world.service.transaction((tx) => Promise.all(sheets.map(({ no }) => sheetRows(tx, no))));
    expect(sum(lines.flat().map(({ fund, account, deducted }) => fund + account - deducted))).toBe(0n);
  });

  it('[N54 P5.2] a refund that is reversed by 2601 never was: what stands again is deducted, what is refunded then gives it back', async () => {
    const one = await world.settled('P1', '200.00');
    const first = orThrow(await world.refund(one));
    const again = await world.reinstated(first);
    await state(world, 'outpatient', '2026-05-06');
    world.service.setDay('2026-06-03');
    const may = await paidFor('2026-05', [await findingOn(world, one, 500n)]);
    expect(may).toBe(fundTotal(one) + one.personalAccountFen - 500n);
    expect(orThrow(await world.refund(one)).refundOf).toBe(again.settlementId);
    await state(world, 'outpatient', '2026-06-03');
    world.service.setDay('2026-07-02');
    expect(await paidFor('2026-06', [])).toBe(-may);
  });
});
