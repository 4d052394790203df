import { describe, refuse } from '#shared/errors';
import { formatYuan, sum } from '#shared/money';
import { isRefused } from '../benefit/benefit.js';
import type { BenefitRefusal, BenefitSplit } from '../benefit/benefit.js';
import { explainLines } from '../benefit/explain-text.js';

/** 待遇测算结果 in yuan, with every figure's reason as JSON and as lines that a patient can read aloud. */
export function splitView(outcome: BenefitSplit | BenefitRefusal): object {
  if (isRefused(outcome)) {
    const { code, who, message, next } = describe(refuse(outcome.refused, { clause: outcome.clause }));
    return { refused: { code, who, message, next } };
  }
  return {
    benefitYear: outcome.benefitYear,
    deductible: formatYuan(outcome.deductibleFen),
    ratio: outcome.ratio?.toFixed() ?? null,
    funds: outcome.funds.map(({ fundType, layer, amountFen }) => ({ fundType, layer, amount: formatYuan(amountFen) })),
    fundTotal: formatYuan(sum(outcome.funds.map(({ amountFen }) => amountFen))),
    personal: Object.fromEntries(
      Object.entries(outcome.personal).map(([part, amountFen]) => [part, formatYuan(amountFen)]),
    ),
    personalAccount: formatYuan(outcome.personalAccountFen),
    cash: formatYuan(outcome.cashFen),
    hospital: formatYuan(outcome.hospitalFen),
    unconfirmed: outcome.unconfirmed,
    figures: outcome.figures,
    text: explainLines(outcome),
  };
}
