import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Insurance, InsuredPerson } from './person.js';

export interface StoredPerson extends InsuredPerson {
  readonly version: number;
  readonly identityEncrypted: Buffer;
}

const columns = `person_no as "personNo", name, sex, birth_date as "birthDate", certificate_type as "certificateType",
  identity_hash as "identityHash", identity_encrypted as "identityEncrypted", home_area as "homeArea", version`;

async function withInsurances(
  tx: Transaction,
  found: Omit<StoredPerson, 'insurances'> | undefined,
): Promise<StoredPerson | undefined> {
  if (found === undefined) return undefined;
  const insurances = await rows<Insurance>(
    tx,
    `select scheme, person_type as "personType", category, tier, status, from_day as "from", to_day as "to"
     from insurance where person_no = $1 order by scheme, from_day`,
    [found.personNo],
  );
  return { ...found, insurances };
}

/** With `lock`, nobody else changes the person or the filings until the transaction ends: events stay in order. */
export async function findPerson(tx: Transaction, personNo: string, lock = false): Promise<StoredPerson | undefined> {
  const sql = `select ${columns} from insured_person where person_no = $1${lock ? ' for update' : ''}`;
  return withInsurances(tx, await one(tx, sql, [personNo]));
}

export async function findPersonByHash(tx: Transaction, identityHash: string): Promise<StoredPerson | undefined> {
  return withInsurances(
    tx,
    await one(tx, `select ${columns} from insured_person where identity_hash = $1`, [identityHash]),
  );
}

export async function savePerson(tx: Transaction, person: InsuredPerson, identityEncrypted: Buffer): Promise<number> {
  const saved = await one<{ version: number }>(
    tx,
    `insert into insured_person as p
       (person_no, name, sex, birth_date, certificate_type, identity_encrypted, identity_hash, home_area, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
     on conflict (person_no) do update set name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
       certificate_type = excluded.certificate_type, identity_encrypted = excluded.identity_encrypted,
       identity_hash = excluded.identity_hash, version = p.version + 1
     returning version`,
    [
      ...[person.personNo, person.name, person.sex, person.birthDate, person.certificateType],
      ...[identityEncrypted, person.identityHash, person.homeArea],
    ],
  );
  await tx.query('delete from insurance where person_no = $1', [person.personNo]);
  for (const { scheme, personType, category, tier, status, from, to } of person.insurances) {
    await tx.query(
      `insert into insurance (person_no, scheme, person_type, category, tier, status, from_day, to_day)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [person.personNo, scheme, personType, category, tier, status, from, to],
    );
  }
  return saved?.version ?? 1;
}

/** The next number in the order of what is said about a person; its holder has the person locked. */
export async function nextPersonVersion(tx: Transaction, personNo: string): Promise<number> {
  const found = await one<{ version: number }>(
    tx,
    `with touched as (update insured_person set version = version + 1 where person_no = $1 returning version) select version from touched`,
    [personNo],
  );
  if (found === undefined) throw new Error('the person must be locked before its version moves');
  return found.version;
}
