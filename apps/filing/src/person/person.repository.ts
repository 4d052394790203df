import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Insurance } from '#shared/filing';
import type { InsuredPerson } from './person.js';

export interface StoredPerson extends InsuredPerson {
  readonly county: string | null;
  /** The place of the last thing said about the person, filings and qualifications included. */
  readonly version: number;
  /** The place of what was last said about the person alone. */
  readonly toldVersion: number;
  readonly contentHash: string;
  readonly identityEncrypted: Buffer;
}

export type PersonToSave = Omit<StoredPerson, 'version' | 'toldVersion'>;

const columns = `person_no as "personNo", name, sex, birth_date as "birthDate", certificate_type as "certificateType",
  identity_hash as "identityHash", identity_encrypted as "identityEncrypted", home_area as "homeArea", county,
  special_identities as "specialIdentities", merged_into as "mergedInto", version, told_version as "toldVersion",
  content_hash as "contentHash"`;

type Row = Omit<StoredPerson, 'insurances'>;

async function withInsurances(tx: Transaction, found: readonly Row[]): Promise<StoredPerson[]> {
  if (found.length === 0) return [];
  const insurances = await rows<Insurance & { personNo: string }>(
    tx,
    `select person_no as "personNo", scheme, person_type as "personType", category, tier, status, from_day as "from", to_day as "to"
     from insurance where person_no = any($1) order by person_no, scheme, from_day`,
    [found.map(({ personNo }) => personNo)],
  );
  return found.map((person) => ({
    ...person,
    insurances: insurances.flatMap(({ personNo, ...insurance }) => (personNo === person.personNo ? [insurance] : [])),
  }));
}

/** With `lock`, nobody else changes the person or the filings until the transaction ends: events stay in order. */
export async function findPerson(tx: Transaction, personNo: string, lock = false): Promise<StoredPerson | undefined> {
  const sql = `select ${columns} from insured_person where person_no = $1${lock ? ' for update' : ''}`;
  const [found] = await withInsurances(tx, await rows<Row>(tx, sql, [personNo]));
  return found;
}

/** All numbers of a person: insured in two places, moved, merged. */
export const findPersonsByHash = async (tx: Transaction, identityHash: string): Promise<StoredPerson[]> =>
  withInsurances(
    tx,
    await rows<Row>(tx, `select ${columns} from insured_person where identity_hash = $1 order by person_no`, [
      identityHash,
    ]),
  );

/** A page of persons in the order of their numbers. */
export const personsAfter = async (tx: Transaction, personNo: string, limit: number): Promise<StoredPerson[]> =>
  withInsurances(
    tx,
    await rows<Row>(tx, `select ${columns} from insured_person where person_no > $1 order by person_no limit $2`, [
      personNo,
      limit,
    ]),
  );

/** Persons with a standing filing whose insured status begins or ends with this day. */
export async function personsWhoseStatusTurns(tx: Transaction, day: Day): Promise<string[]> {
  const found = await rows<{ personNo: string }>(
    tx,
    `select distinct i.person_no as "personNo" from insurance i
     where (i.from_day = $1 or i.to_day = $1::date - 1)
       and exists (select 1 from filing f where f.person_no = i.person_no and f.status in ('effective', 'suspended'))
     order by i.person_no`,
    [day],
  );
  return found.map(({ personNo }) => personNo);
}

/** Keeps a person with the insurances; answers the new version. The number itself never moves to another area. */
export async function savePerson(tx: Transaction, person: PersonToSave): Promise<number> {
  const saved = await one<{ version: number }>(
    tx,
    `insert into insured_person as p (person_no, name, sex, birth_date, certificate_type, identity_encrypted, identity_hash,
       home_area, county, special_identities, merged_into, content_hash, version, told_version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, 1)
     on conflict (person_no) do update set name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
       certificate_type = excluded.certificate_type, identity_encrypted = excluded.identity_encrypted,
       identity_hash = excluded.identity_hash, county = excluded.county, special_identities = excluded.special_identities,
       merged_into = excluded.merged_into, content_hash = excluded.content_hash, version = p.version + 1,
       told_version = p.version + 1
     returning version`,
    [
      ...[person.personNo, person.name, person.sex, person.birthDate, person.certificateType],
      ...[person.identityEncrypted, person.identityHash, person.homeArea, person.county, person.specialIdentities],
      ...[person.mergedInto, person.contentHash],
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
