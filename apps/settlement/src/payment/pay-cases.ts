import { Injectable } from '@nestjs/common';
import type { Transaction } from '#shared/database';
import { casePaymentsOf, declaredCases } from './case-payment.repository.js';
import type { DeclaredCase, PaidCase } from './case-payment.repository.js';
import { PaymentMethods } from './method/payment-methods.js';

/**
 * 逐例支付 (H60): each settlement by the method of its area and day. A refund takes back exactly the difference that its
 * charge brought, also when that was paid in another month.
 */
@Injectable()
export class PayCases {
  constructor(private readonly methods: PaymentMethods) {}

  async execute(tx: Transaction, declarationIds: readonly string[]): Promise<PaidCase[]> {
    const declared = await declaredCases(tx, declarationIds);
    const paid = new Map<string, PaidCase>();
    const before = await casePaymentsOf(
      tx,
      declared.flatMap(({ refundOf }) => refundOf ?? []),
    );
    const earlier = new Map(before.map((one) => [one.settlementId, one]));
    for (const one of declared) {
      const original = one.refundOf === null ? undefined : (paid.get(one.refundOf) ?? earlier.get(one.refundOf));
      paid.set(one.settlementId, one.kind === 'refund' ? takenBack(one, original) : this.paid(one));
    }
    return [...paid.values()];
  }

  private paid(one: DeclaredCase): PaidCase {
    const method = this.methods.of(one.treatmentArea, one.setting, one.settledOn);
    return { settlementId: one.settlementId, ...method.pay(one) };
  }
}

function takenBack(
  { settlementId, chargedFen }: DeclaredCase,
  original: Pick<PaidCase, 'method' | 'groupCode' | 'differenceFen'> | undefined,
): PaidCase {
  const { method, groupCode, differenceFen } = original ?? { method: 'by-item', groupCode: null, differenceFen: 0n };
  const articles = ['H60', 'N42'];
  return {
    settlementId,
    method,
    groupCode,
    owedFen: chargedFen - differenceFen,
    differenceFen: -differenceFen,
    articles,
  };
}
