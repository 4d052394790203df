import { PaymentMethod } from './payment-method.js';
import type { CasePayment, PaymentCase } from './payment-method.js';

/** 按项目付费: the hospital gets what was settled. */
export class ByItem extends PaymentMethod {
  override pay({ chargedFen }: PaymentCase): CasePayment {
    return { method: 'by-item', groupCode: null, owedFen: chargedFen, differenceFen: 0n, articles: ['H60'] };
  }
}
