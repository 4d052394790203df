import { SqlMigration } from '#shared/database';

/** 扣款回冲 (N54): a deduction may be negative, on the refund of a charge that was deducted. */
export class DeductionsGivenBack extends SqlMigration {
  readonly name = 'DeductionsGivenBack1764150000200';
  readonly statements = {
    up: [
      `alter table deduction drop constraint deduction_amount_fen_check`,
      `alter table deduction add constraint deduction_amount_fen_check check (amount_fen <> 0)`,
    ],
    down: [
      `alter table deduction drop constraint deduction_amount_fen_check`,
      `delete from deduction where amount_fen < 0`,
      `alter table deduction add constraint deduction_amount_fen_check check (amount_fen > 0)`,
    ],
  };
}
