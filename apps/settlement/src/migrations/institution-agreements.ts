import { rowLevelSecurity, SqlMigration } from '#shared/database';

/** 机构协议 (N15 H23–H25): where an institution stands and to whom it belongs, and every step of its agreement with its reason. */
export class InstitutionAgreements extends SqlMigration {
  readonly name = 'InstitutionAgreements1764150000300';
  readonly statements = {
    up: [
      `alter table institution add column location text check (location ~ '^\\d{6}$'),
         add column affiliation text not null default 'other' check (affiliation in ('ministry', 'province', 'city', 'county', 'other')),
         add column admitted_on date`,
      `update institution set admitted_on = effective_on`,
      `alter table institution drop constraint institution_agreement_check`,
      `alter table institution add constraint institution_agreement_check
         check (agreement in ('applied', 'active', 'suspended', 'ended'))`,
      `create table agreement_change (
        institution_code text not null references institution,
        area text not null,
        version int not null,
        event text not null,
        from_state text,
        to_state text not null,
        reason text not null check (reason <> ''),
        changed_on date not null,
        changed_by text not null,
        reported_to text,
        received_by text,
        received_on date,
        primary key (institution_code, version),
        check ((received_by is null) = (received_on is null)),
        check (received_on is null or reported_to is not null)
      )`,
      `create index agreement_change_reported on agreement_change (reported_to) where received_on is null`,
      ...rowLevelSecurity('agreement_change', ['area']),
    ],
    down: [
      `drop table agreement_change`,
      `delete from institution where agreement = 'applied'`,
      `alter table institution drop constraint institution_agreement_check`,
      `alter table institution add constraint institution_agreement_check check (agreement in ('active', 'suspended', 'ended'))`,
      `alter table institution drop column location, drop column affiliation, drop column admitted_on`,
    ],
  };
}
