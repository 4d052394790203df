import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** 支付方式 (H60): what a hospital gets per settlement, and the difference to what the home area is charged. */
export class PaymentMethodDifferences extends SqlMigration {
  readonly name = 'PaymentMethodDifferences1764150000304';
  readonly statements = {
    up: [
      `alter table institution_payment add column method_difference_fen bigint not null default 0`,
      `alter table institution_payment drop constraint institution_payment_check`,
      `alter table institution_payment add constraint institution_payment_paid_check
         check (paid_fen = declared_fen - deducted_fen + method_difference_fen)`,
      `create table case_payment (
        settlement_id text primary key references settlement,
        payment_no text not null references institution_payment,
        treatment_area text not null,
        method text not null check (method in ('by-item', 'by-group')),
        group_code text,
        charged_fen bigint not null,
        owed_fen bigint not null,
        difference_fen bigint not null,
        check (owed_fen = charged_fen + difference_fen),
        check (method = 'by-group' or difference_fen = 0)
      )`,
      `create index case_payment_payment on case_payment (payment_no)`,
      ...rowLevelSecurity('case_payment', ['treatment_area']),
    ],
    down: [
      `drop table case_payment`,
      `alter table institution_payment drop constraint institution_payment_paid_check`,
      `alter table institution_payment add constraint institution_payment_check check (paid_fen = declared_fen - deducted_fen) not valid`,
      `alter table institution_payment drop column method_difference_fen`,
    ],
  };
}
