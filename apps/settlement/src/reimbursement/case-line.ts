import type { Day } from '#shared/clock';
import type { ScopeAmounts } from '../scope/scope.js';
import type { CaseLine } from './reimbursement-case.js';

/** A line as visits and self-pay bills keep it. */
type TreatedLine = ScopeAmounts &
  Pick<CaseLine, 'lineNo' | 'itemCode' | 'category' | 'price' | 'quantity' | 'position'>;

/** 按就医地目录核算: the amounts that came with the bill. */
export const countAsTreated = (line: Omit<CaseLine, 'counted' | 'note'>): CaseLine => {
  const { ownExpenseFen, overLimitFen, firstPayFen, inScopeFen } = line;
  return { ...line, counted: { ownExpenseFen, overLimitFen, firstPayFen, inScopeFen }, note: null };
};

/** 费用明细 of a bill as a case takes it over; nothing of it is typed in again (H59). */
export const caseLine = (line: TreatedLine, occurredOn: Day): CaseLine =>
  countAsTreated({
    lineNo: line.lineNo,
    itemCode: line.itemCode,
    category: line.category,
    price: line.price,
    quantity: line.quantity,
    occurredOn,
    position: line.position,
    totalFen: line.totalFen,
    ownExpenseFen: line.ownExpenseFen,
    overLimitFen: line.overLimitFen,
    firstPayFen: line.firstPayFen,
    inScopeFen: line.inScopeFen,
  });
