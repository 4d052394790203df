import { rowLevelSecurity, SqlMigration } from '#shared/database';

/**
 * A difference that comes back is a new one, and belongs to the kind of treatment whose file showed it. A statement says
 * whether it covers refunds, and is seen where its institution is. A payment takes the declarations that are final and not
 * paid yet, so that what is contested does not keep the rest.
 */
export class EpisodesAndPayments extends SqlMigration {
  readonly name = 'EpisodesAndPayments1764142000000';
  readonly statements = {
    up: [
      `alter table difference add column setting text`,
      `update difference d set setting = coalesce(
         (select s.setting from settlement s where s.settlement_id = d.settlement_id),
         (select h.setting from home_settlement h where h.settlement_id = d.settlement_id), 'inpatient')`,
      `alter table difference alter column setting set not null`,
      `alter table difference drop constraint difference_day_settlement_id_kind_key`,
      `create unique index difference_open on difference (day, settlement_id, kind) where state = 'open'`,
      `alter table statement add column with_refunds boolean not null default true`,
      `alter table statement add column treatment_area text`,
      `update statement t set treatment_area = i.area from institution i where i.code = t.institution_code`,
      `alter table statement alter column treatment_area set not null`,
      ...rowLevelSecurity('statement', ['treatment_area']),
      `alter table declaration add column payment_no text references institution_payment`,
      `update declaration d set payment_no = p.payment_no from institution_payment p
       where p.institution_code = d.institution_code and p.month = d.month and d.state = 'final'`,
      `alter table institution_payment drop constraint institution_payment_institution_code_month_key`,
      `create index declaration_unpaid on declaration (institution_code, month) where payment_no is null`,
    ],
    down: [
      `drop index declaration_unpaid`,
      `alter table declaration drop column payment_no`,
      `alter table institution_payment add unique (institution_code, month)`,
      `drop policy area_scope on statement`,
      `alter table statement disable row level security`,
      `alter table statement no force row level security`,
      `alter table statement drop column treatment_area`,
      `alter table statement drop column with_refunds`,
      `drop index difference_open`,
      `alter table difference add unique (day, settlement_id, kind)`,
      `alter table difference drop column setting`,
    ],
  };
}
