import { SqlMigration } from '#shared/database';

/** More of what filing says: commitments and supplementary filings, special identities, merged numbers. */
export class FilingCopyFacts extends SqlMigration {
  readonly name = 'FilingCopyFacts1700000002101';
  readonly statements = {
    up: [
      `alter table filing_copy add commitment_due_on date, add covers_from date`,
      `alter table insured_person add special_identities text[] not null default '{}', add merged_into text`,
      `create index qualification_copy_person on qualification_copy (person_no)`,
    ],
    down: [
      `drop index qualification_copy_person`,
      `alter table insured_person drop special_identities, drop merged_into`,
      `alter table filing_copy drop commitment_due_on, drop covers_from`,
    ],
  };
}
