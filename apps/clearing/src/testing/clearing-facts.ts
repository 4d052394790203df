import { chargesAudited, settlementCompleted } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import { formatYuan, parseYuan } from '#shared/money';
import { provinceOf } from '#shared/regions';
import type { ClearingItem } from '../item/clearing-item.js';

/** An item of employees from Changsha treated in Beijing; a test says only what matters to it. */
export function itemOf(given: Partial<ClearingItem> = {}): ClearingItem {
  const { homeArea = '430100', treatmentArea = '110000' } = given;
  return {
    settlementId: 'S1',
    homeArea,
    treatmentArea,
    payer: provinceOf(homeArea),
    payee: provinceOf(treatmentArea),
    scheme: '310',
    settledOn: '2026-03-10',
    fundFen: 10_000n,
    accountFen: 0n,
    deductedFen: 0n,
    ...given,
  };
}

export interface SettledFacts {
  readonly id: string;
  readonly home?: string;
  readonly treatment?: string;
  readonly scheme?: '310' | '390';
  readonly on?: string;
  readonly fund: string;
  readonly account?: string;
  readonly refundOf?: string;
}

/** A settlement as the settlement service tells it; a refund comes with negative amounts, as there. */
export function settled(facts: SettledFacts): PayloadOf<typeof settlementCompleted> {
  const { id, home = '430100', treatment = '110000', scheme = '310', on = '2026-03-10', fund, refundOf } = facts;
  const { account = '0.00' } = facts;
  const total = formatYuan(parseYuan(fund) + parseYuan(account));
  return {
    ...settlementCompleted.example,
    settlementId: id,
    kind: refundOf === undefined ? 'charge' : 'refund',
    refundOf: refundOf ?? null,
    homeArea: home,
    treatmentArea: treatment,
    scheme,
    settledOn: on,
    total,
    inScope: total,
    firstPay: '0.00',
    deductible: '0.00',
    funds: [{ fundType: scheme === '310' ? '310100' : '390100', amount: fund }],
    personalAccount: account,
    cash: '0.00',
  };
}

/** The final audit of some settlements, with what was deducted from each. */
export const audited = (deducted: Readonly<Record<string, string | null>>): PayloadOf<typeof chargesAudited> => ({
  ...chargesAudited.example,
  declarationId: `D-${Object.keys(deducted).join('-')}`.slice(0, 64),
  settlements: Object.entries(deducted).map(([settlementId, amount]) => ({
    settlementId,
    deductions: amount === null ? [] : [{ fundType: '310100', amount }],
  })),
});
