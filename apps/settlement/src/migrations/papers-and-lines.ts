import { rowLevelSecurity, SqlMigration } from '#shared/database';

const parties = `institution_code text not null,
        home_area text not null,
        treatment_area text not null`;

/**
 * Forms that a stay is settled on (annexes 11 and 12), lines that were done elsewhere, what is to be looked into after a
 * settlement, and deductions that a refund gives back.
 */
export class PapersAndLines extends SqlMigration {
  readonly name = 'PapersAndLines1764150000200';
  readonly statements = {
    up: [
      `alter table audit_deduction drop constraint audit_deduction_amount_fen_check`,
      `alter table audit_deduction add constraint audit_deduction_amount_fen_check check (amount_fen <> 0)`,
      `alter table fee_line add column outside_institution text`,
      `alter table settlement_line add column outside_institution text`,
      `create table injury_commitment (
        visit_id text primary key references visit,
        ${parties},
        signer text not null,
        relation text not null check (relation in ('self', 'relative')),
        certificate_type text not null,
        certificate_encrypted bytea not null,
        phone text not null,
        happened_at timestamptz not null,
        place text not null,
        course text not null,
        signed_on date not null,
        recorded_by text not null,
        recorded_at timestamptz not null
      )`,
      `create table outside_order (
        visit_id text not null references visit,
        order_no text not null,
        ${parties},
        kind text not null check (kind in ('exam', 'purchase')),
        outside_institution text not null,
        items text not null,
        reason text not null,
        physician text not null,
        approved_on date not null,
        recorded_by text not null,
        recorded_at timestamptz not null,
        primary key (visit_id, order_no)
      )`,
      `create table settlement_clue (
        settlement_id text not null references settlement,
        kind text not null,
        ${parties},
        settled_on date not null,
        article text not null,
        primary key (settlement_id, kind)
      )`,
      `create index settlement_clue_day on settlement_clue (settled_on)`,
      `create index settlement_in_order on settlement (settled_on, settlement_id)`,
      ...['injury_commitment', 'outside_order', 'settlement_clue'].flatMap((table) =>
        rowLevelSecurity(table, ['home_area', 'treatment_area']),
      ),
    ],
    down: [
      `drop index settlement_in_order`,
      `drop table settlement_clue, outside_order, injury_commitment`,
      `alter table settlement_line drop column outside_institution`,
      `alter table fee_line drop column outside_institution`,
      `alter table audit_deduction drop constraint audit_deduction_amount_fen_check`,
      `delete from audit_deduction where amount_fen < 0`,
      `alter table audit_deduction add constraint audit_deduction_amount_fen_check check (amount_fen > 0)`,
    ],
  };
}
