import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Institution } from './institution.js';

const columns = `code as "institutionCode", name, level, area, services, agreement, effective_on as "effectiveOn"`;

export const findInstitution = (tx: Transaction, code: string): Promise<Institution | undefined> =>
  one<Institution>(tx, `select ${columns} from institution where code = $1`, [code]);

export const findInstitutions = (tx: Transaction, codes: readonly string[]): Promise<Institution[]> =>
  rows<Institution>(tx, `select ${columns} from institution where code = any($1)`, [codes]);

export const listInstitutions = (tx: Transaction, area: string | null): Promise<Institution[]> =>
  rows<Institution>(tx, `select ${columns} from institution where $1::text is null or area = $1 order by code`, [area]);

export async function saveInstitution(tx: Transaction, institution: Institution): Promise<number> {
  const saved = await one<{ version: number }>(
    tx,
    `insert into institution as i (code, name, level, area, services, agreement, effective_on, version)
     values ($1, $2, $3, $4, $5, $6, $7, 1)
     on conflict (code) do update set name = excluded.name, level = excluded.level, services = excluded.services,
       agreement = excluded.agreement, effective_on = excluded.effective_on, version = i.version + 1
     returning version`,
    [
      ...[institution.institutionCode, institution.name, institution.level, institution.area],
      ...[institution.services, institution.agreement, institution.effectiveOn],
    ],
  );
  return saved?.version ?? 1;
}
