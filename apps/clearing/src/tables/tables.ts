import { most } from '#shared/money';
import type { Fen } from '#shared/money';

/** 省际清算对: what one province owes another for a month, by scheme, before and after deductions. */
export interface Pair {
  readonly payer: string;
  readonly payee: string;
  readonly employeesFen: Fen;
  readonly residentsFen: Fen;
  readonly employeesDeductedFen: Fen;
  readonly residentsDeductedFen: Fen;
  /** 应付: never negative, and the sum of both schemes' payable. */
  readonly payableFen: Fen;
  /** 返还 (N51): what the treatment side owes back where refunds and deductions of a scheme exceed its charges. */
  readonly returnedFen: Fen;
}

export const deductedFen = (pair: Pair): Fen => pair.employeesDeductedFen + pair.residentsDeductedFen;
export const employeesNetFen = (pair: Pair): Fen => pair.employeesFen - pair.employeesDeductedFen;
export const residentsNetFen = (pair: Pair): Fen => pair.residentsFen - pair.residentsDeductedFen;
/** 职工, 居民应付: two funds with books of their own; what one gives back never lessens what the other owes. */
export const employeesPayableFen = (pair: Pair): Fen => most(0n, employeesNetFen(pair));
export const residentsPayableFen = (pair: Pair): Fen => most(0n, residentsNetFen(pair));

/** 勾稽关系: an identity of the tables, with both sides as they came out. */
export interface TableCheck {
  readonly id: string;
  readonly text: string;
  readonly leftFen: Fen;
  readonly rightFen: Fen;
}

export const holds = ({ leftFen, rightFen }: TableCheck): boolean => leftFen === rightFen;

/** 轧差行 of one area: what its people cost elsewhere, what others cost there, and the difference. */
export interface NettingLine {
  readonly area: string;
  readonly homeFen: Fen;
  readonly treatmentFen: Fen;
  readonly netFen: Fen;
}

/** 省内轧差 (H65 to H68). */
export interface Netting {
  readonly crossProvinceEmployees: readonly NettingLine[];
  /** Residents' costs elsewhere are paid from the provincial collection; the areas pay nothing. */
  readonly provincialCollection: readonly NettingLine[];
  readonly intraProvinceEmployees: readonly NettingLine[];
  readonly intraProvinceResidents: readonly NettingLine[];
}
