import type { Day } from '#shared/clock';
import { most, multiply } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { InstitutionLevel } from '../../policy/policy-pack.js';
import { ByItem } from './by-item.js';
import { PaymentMethod } from './payment-method.js';
import type { CasePayment, PaymentCase } from './payment-method.js';

export interface CaseGroup {
  readonly code: string;
  readonly name: string;
  /** Beginnings of the main diagnosis. */
  readonly diagnoses: readonly string[];
  readonly weight: Ratio;
}

export interface GroupTable {
  readonly from: Day;
  readonly to?: Day;
  readonly article: string;
  readonly rateFen: Readonly<Record<InstitutionLevel, Fen>>;
  readonly outlierTimes: Ratio;
  readonly groups: readonly CaseGroup[];
}

/**
 * 按病组付费 (DRG): weight × rate of the hospital's level is the standard of a case. The patient's own part of what is covered
 * counts towards it, the treatment place pays the rest; own expense and what is over a limit stay outside. Dear outliers,
 * cases of no group and days without a table are paid by item.
 */
export class ByGroup extends PaymentMethod {
  private readonly byItem = new ByItem();

  constructor(private readonly tables: readonly GroupTable[]) {
    super();
  }

  override pay(one: PaymentCase): CasePayment {
    const { settledOn, mainDiagnosis, level, chargedFen } = one;
    const table = this.tables.find(({ from, to }) => from <= settledOn && (to === undefined || settledOn <= to));
    const group = table?.groups.find(({ diagnoses }) =>
      diagnoses.some((code) => mainDiagnosis?.startsWith(code) === true),
    );
    if (table === undefined || group === undefined) return this.byItem.pay(one);
    const standardFen = multiply(table.rateFen[level], group.weight, 'half-up');
    const coveredFen = one.totalFen - one.ownExpenseFen - one.overLimitFen;
    if (coveredFen > multiply(standardFen, table.outlierTimes, 'half-up'))
      return { ...this.byItem.pay(one), groupCode: group.code };
    const personalFen = coveredFen - chargedFen - one.hospitalFen;
    const owedFen = most(0n, standardFen - personalFen);
    return {
      ...{ method: 'by-group', groupCode: group.code, owedFen, differenceFen: owedFen - chargedFen },
      articles: [table.article, 'P3.5'],
    };
  }
}
