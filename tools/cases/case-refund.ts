import { negateBook } from '../../apps/settlement/src/benefit/accumulators.js';
import type { BenefitSplit } from '../../apps/settlement/src/benefit/benefit.js';
import { negateScope } from '../../apps/settlement/src/scope/scope.js';
import type { ScopeAmounts } from '../../apps/settlement/src/scope/scope.js';

/** What a bill of a case came to. */
export interface Done {
  readonly scope: ScopeAmounts;
  readonly split: BenefitSplit;
}

/** Why a bill of a case moves nothing: a code of the catalogue, and what it is about. */
export interface Refused {
  readonly refused: string;
  readonly clause: string;
}

/** 退费 in a case: the exact negative of an earlier bill, once; refused where the settlement service refuses it. */
export class CaseRefunds {
  private readonly takenBack = new Set<string>();
  private readonly refunds = new Set<string>();

  constructor(private readonly done: ReadonlyMap<string, Done>) {}

  takeBack(bill: string, refundOf: string): Done | Refused {
    const original = this.done.get(refundOf);
    if (this.refunds.has(refundOf)) return { refused: 'REFUND_OF_REFUND', clause: `bill ${refundOf}` };
    if (this.takenBack.has(refundOf)) return { refused: 'ALREADY_REFUNDED', clause: `bill ${refundOf}` };
    if (original === undefined)
      return {
        refused: 'SETTLEMENT_UNKNOWN',
        clause: `bill ${refundOf} was refused, so there is nothing to take back`,
      };
    this.takenBack.add(refundOf);
    this.refunds.add(bill);
    return negative(original);
  }
}

function negative({ scope, split }: Done): Done {
  return {
    scope: negateScope(scope),
    split: {
      ...split,
      deductibleFen: -split.deductibleFen,
      funds: split.funds.map((fund) => ({ ...fund, amountFen: -fund.amountFen })),
      personal: Object.fromEntries(
        Object.entries(split.personal).map(([part, amountFen]) => [part, -amountFen]),
      ) as BenefitSplit['personal'],
      personalAccountFen: -split.personalAccountFen,
      cashFen: -split.cashFen,
      hospitalFen: -split.hospitalFen,
      changes: negateBook(split.changes),
    },
  };
}
