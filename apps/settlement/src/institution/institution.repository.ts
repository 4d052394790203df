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

const mostFound = 200;

/** 医药机构查询: by kind (H or P), code and a part of the name. */
export const searchInstitutions = (
  tx: Transaction,
  wanted: { letter: string; code: string | null; name: string | null },
): Promise<Institution[]> =>
  rows<Institution>(
    tx,
    `select ${columns} from institution
     where left(code, 1) = $1 and ($2::text is null or code = $2) and ($3::text is null or position($3 in name) > 0)
     order by code limit ${mostFound}`,
    [wanted.letter, wanted.code, wanted.name],
  );
