import { multiply, parseYuan, quotient, ratio, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { DatedValues } from '#shared/rules';
import type { Day } from '#shared/clock';

export interface QuotaFigures {
  /** 核算值: the factor times the monthly mean, to the fen. */
  readonly exactFen: Fen;
  /** 核定额度: fixed to the printed unit of 0.01 万元, half up. */
  readonly quotaFen: Fen;
  readonly articles: readonly string[];
}

/** 年度预付金额度 (N18): twice the monthly mean of what was paid in the last quarter of the year before. */
export function initialQuota(lastQuarter: readonly Fen[], rules: DatedValues, on: Day): QuotaFigures {
  const months = BigInt(rules.numberOn('quotaMonths', on));
  if (BigInt(lastQuarter.length) !== months) throw new Error(`a quota needs ${months} months`);
  const factor = rules.on('quotaFactor', on);
  const unit = parseYuan(rules.textOn('quotaUnit', on));
  const exactFen = multiply(sum(lastQuarter), ratio(String(factor.value)).div(months.toString()), 'half-up');
  const units = multiply(1n, quotient(exactFen, unit), 'half-up');
  return { exactFen, quotaFen: units * unit, articles: [factor.article, 'A3'] };
}
