import type { ScopeAmounts } from './scope.js';

/** 费用四分 as the columns of a table, for rows that go to the database as JSON. */
export const scopeRow = (scope: ScopeAmounts) => ({
  total_fen: scope.totalFen.toString(),
  own_expense_fen: scope.ownExpenseFen.toString(),
  over_limit_fen: scope.overLimitFen.toString(),
  first_pay_fen: scope.firstPayFen.toString(),
  in_scope_fen: scope.inScopeFen.toString(),
});
