import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Institution, InstitutionSite, KindOfService } from './institution.js';

const columns = `code as "institutionCode", name, level, area, services, agreement, effective_on as "effectiveOn"`;

export const findInstitution = (tx: Transaction, code: string): Promise<Institution | undefined> =>
  one<Institution>(tx, `select ${columns} from institution where code = $1`, [code]);

/** The institution with its version and where it stands; locked until the transaction ends. */
export interface RegisteredInstitution {
  readonly institution: Institution;
  readonly site: InstitutionSite;
  readonly version: number;
}

export async function lockInstitution(tx: Transaction, code: string): Promise<RegisteredInstitution | undefined> {
  const found = await one<Institution & InstitutionSite & { version: number }>(
    tx,
    `select ${columns}, location, affiliation, version from institution where code = $1 for update`,
    [code],
  );
  if (found === undefined) return undefined;
  const { location, affiliation, version, ...institution } = found;
  return { institution, site: { location, affiliation }, version };
}

export const findInstitutions = (tx: Transaction, codes: readonly string[]): Promise<Institution[]> =>
  rows<Institution>(tx, `select ${columns} from institution where code = any($1)`, [codes]);

export interface InstitutionFilter {
  readonly area?: string | undefined;
  readonly service?: KindOfService | undefined;
  /** H hospitals, P pharmacies. */
  readonly letter?: string | undefined;
}

/** 公布名单 (N15 H23): whoever was ever admitted, with the state of the agreement; what is only applied for is not on it. */
export const listInstitutions = (tx: Transaction, filter: InstitutionFilter): Promise<Institution[]> =>
  rows<Institution>(
    tx,
    `select ${columns} from institution
     where admitted_on is not null and agreement <> 'applied' and ($1::text is null or area = $1)
       and ($2::text is null or $2 = any(services)) and ($3::text is null or left(code, 1) = $3) order by code`,
    [filter.area ?? null, filter.service ?? null, filter.letter ?? null],
  );

export async function saveInstitution(
  tx: Transaction,
  institution: Institution,
  { location, affiliation }: InstitutionSite,
): Promise<number> {
  const saved = await one<{ version: number }>(
    tx,
    `insert into institution as i (code, name, level, area, services, agreement, effective_on, location, affiliation, admitted_on, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $6 = 'active' then $7::date end, 1)
     on conflict (code) do update set name = excluded.name, level = excluded.level, area = excluded.area,
       services = excluded.services, agreement = excluded.agreement, effective_on = excluded.effective_on,
       location = excluded.location, affiliation = excluded.affiliation,
       admitted_on = coalesce(i.admitted_on, excluded.admitted_on), version = i.version + 1
     returning version`,
    [
      ...[institution.institutionCode, institution.name, institution.level, institution.area],
      ...[institution.services, institution.agreement, institution.effectiveOn, location, affiliation],
    ],
  );
  return saved?.version ?? 1;
}

const mostFound = 200;

/** 医药机构查询: by kind (H or P), code and a part of the name; those that can settle now, and the one that asks. */
export const searchInstitutions = (
  tx: Transaction,
  wanted: { letter: string; code: string | null; name: string | null; asking: string },
): Promise<Institution[]> =>
  rows<Institution>(
    tx,
    `select ${columns} from institution
     where left(code, 1) = $1 and ($2::text is null or code = $2) and ($3::text is null or position($3 in name) > 0)
       and (agreement = 'active' or code = $4)
     order by code limit ${mostFound}`,
    [wanted.letter, wanted.code, wanted.name, wanted.asking],
  );
