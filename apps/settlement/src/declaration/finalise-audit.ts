import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { chargesAudited } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { formatYuan, sum } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import type { Declaration } from './declaration.js';
import { findingsOf, insertDeductions, moveDeclaration, payersOf, settlementsOf } from './declaration.repository.js';
import type { Deduction } from './declaration.repository.js';
import { deductedBeforeRefund, refundedOf } from './refunded-charges.repository.js';
import { allocateDeduction } from './rules/allocate-deduction.js';
import { giveBackDeduction } from './rules/give-back-deduction.js';

const settlementsPerMessage = 500;

/** 审核终结: deductions are divided among the funds, clearing is told, and nothing can be objected to any more. */
@Injectable()
export class FinaliseAudit {
  constructor(
    private readonly outbox: Outbox,
    private readonly obligations: ObligationBook,
  ) {}

  async finalise(tx: Transaction, declaration: Declaration, today: Day): Promise<void> {
    const { declarationId, institutionCode, treatmentArea, month } = declaration;
    const deductions = await this.deductionsOf(tx, declarationId);
    await insertDeductions(tx, declarationId, deductions);
    await moveDeclaration(tx, declarationId, 'final', { finalOn: today });
    const settlements = (await settlementsOf(tx, declarationId)).map(({ settlementId }) => ({
      settlementId,
      deductions: deductions
        .filter((deduction) => deduction.settlementId === settlementId)
        .map(({ fundType, amountFen }) => ({ fundType, amount: formatYuan(amountFen) })),
    }));
    const parts = Math.ceil(settlements.length / settlementsPerMessage);
    await this.outbox.publishAll(
      tx,
      Array.from({ length: parts }, (_, index) => ({
        contract: chargesAudited,
        aggregateId: declarationId,
        aggregateVersion: index + 1,
        payload: {
          declarationId,
          institutionCode,
          treatmentArea,
          costMonth: month,
          auditedOn: today,
          part: index + 1,
          parts,
          settlements: settlements.slice(index * settlementsPerMessage, (index + 1) * settlementsPerMessage),
        },
      })),
    );
    await this.obligations.meet(
      tx,
      { kind: 'object', owner: institutionCode, subject: `${month}/${declarationId}` },
      today,
    );
  }

  private async deductionsOf(tx: Transaction, declarationId: string): Promise<Deduction[]> {
    const refunded = await refundedOf(tx, declarationId);
    const kept = (await findingsOf(tx, declarationId)).filter((one) => one.kept && !refunded.has(one.settlementId));
    const payers = await payersOf(tx, declarationId);
    const fresh = [...new Set(kept.map(({ settlementId }) => settlementId))].flatMap((settlementId) => {
      const wanted = sum(kept.filter((one) => one.settlementId === settlementId).map(({ amountFen }) => amountFen));
      const shares = allocateDeduction(
        wanted,
        payers.filter((payer) => payer.settlementId === settlementId),
      );
      if (shares === undefined) throw new Error(`the findings on ${settlementId} exceed what was paid`);
      return shares.map((share) => ({ settlementId, ...share }));
    });
    return [...fresh, ...(await deductedBeforeRefund(tx, declarationId)).map(giveBackDeduction)];
  }
}
