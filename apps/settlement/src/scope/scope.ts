import { sum } from '#shared/money';
import type { Fen } from '#shared/money';

/** 费用四分: every charge is divided into these four by the catalogue of the treatment place, and by nothing else. */
export interface ScopeAmounts {
  /** 费用总额. */
  readonly totalFen: Fen;
  /** 全自费. */
  readonly ownExpenseFen: Fen;
  /** 超限价. */
  readonly overLimitFen: Fen;
  /** 先行自付. */
  readonly firstPayFen: Fen;
  /** 符合政策范围. */
  readonly inScopeFen: Fen;
}

export const addScopes = (parts: readonly ScopeAmounts[]): ScopeAmounts => ({
  totalFen: sum(parts.map(({ totalFen }) => totalFen)),
  ownExpenseFen: sum(parts.map(({ ownExpenseFen }) => ownExpenseFen)),
  overLimitFen: sum(parts.map(({ overLimitFen }) => overLimitFen)),
  firstPayFen: sum(parts.map(({ firstPayFen }) => firstPayFen)),
  inScopeFen: sum(parts.map(({ inScopeFen }) => inScopeFen)),
});

export const negateScope = (scope: ScopeAmounts): ScopeAmounts => ({
  totalFen: -scope.totalFen,
  ownExpenseFen: -scope.ownExpenseFen,
  overLimitFen: -scope.overLimitFen,
  firstPayFen: -scope.firstPayFen,
  inScopeFen: -scope.inScopeFen,
});

/** The first identity of every settlement: total = own expense + over limit + first pay + in scope. */
export const scopeAddsUp = (scope: ScopeAmounts): boolean =>
  scope.totalFen === scope.ownExpenseFen + scope.overLimitFen + scope.firstPayFen + scope.inScopeFen;

/** 目录等级: 甲类, 乙类, 丙类. */
export type CatalogueClass = 'A' | 'B' | 'C';

/** What the catalogue of a place says about an item on a day. */
export interface CatalogueTerms {
  readonly class: CatalogueClass;
  /** 先行自付比例 as a decimal string. */
  readonly firstPayRatio: string;
  /** 限价 per unit; null where there is none. */
  readonly priceLimitFen: Fen | null;
}
