import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { PersonToSave } from '../person/person.repository.js';

/** What happened to a file of insured persons. */
export interface PersonFile {
  readonly fileNo: number;
  readonly area: string;
  readonly loadedBy: string;
  readonly loadedAt: Date;
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
}

export interface RefusedRow {
  readonly line: number;
  readonly personNo: string;
  readonly reason: string;
}

export interface KnownState {
  readonly personNo: string;
  readonly homeArea: string;
  readonly contentHash: string;
  readonly mergedInto: string | null;
}

const knownState = `select person_no as "personNo", home_area as "homeArea", content_hash as "contentHash",
  merged_into as "mergedInto" from insured_person where person_no = any($1)`;

export const findKnown = (tx: Transaction, personNos: readonly string[]): Promise<KnownState[]> =>
  rows<KnownState>(tx, knownState, [personNos]);

/** The same, locked in the order of their numbers: for those that are going to change. */
export const lockKnown = (tx: Transaction, personNos: readonly string[]): Promise<KnownState[]> =>
  rows<KnownState>(tx, `${knownState} order by person_no for update`, [personNos]);

/** Who in an area holds these identities. */
export const holdersOf = (
  tx: Transaction,
  area: string,
  hashes: readonly string[],
): Promise<{ identityHash: string; personNo: string }[]> =>
  rows(
    tx,
    `select identity_hash as "identityHash", person_no as "personNo" from insured_person
     where identity_hash = any($1) and home_area = $2 and merged_into is null`,
    [hashes, area],
  );

/** Which of the persons have a filing that follows their status. */
export async function withStandingFilings(tx: Transaction, personNos: readonly string[]): Promise<string[]> {
  const found = await rows<{ personNo: string }>(
    tx,
    `select distinct person_no as "personNo" from filing where person_no = any($1) and status in ('effective', 'suspended')
     order by 1`,
    [personNos],
  );
  return found.map(({ personNo }) => personNo);
}

/** Many persons in four statements; answers the version of each. */
export async function savePersons(tx: Transaction, persons: readonly PersonToSave[]): Promise<Map<string, number>> {
  const column = <K extends keyof PersonToSave>(key: K): PersonToSave[K][] => persons.map((person) => person[key]);
  const saved = await rows<{ personNo: string; version: number }>(
    tx,
    `insert into insured_person as p (person_no, name, sex, birth_date, certificate_type, identity_encrypted, identity_hash,
       home_area, county, special_identities, content_hash, version, told_version)
     select a, b, c, d, e, f, g, h, i, string_to_array(j, ' '), k, 1, 1
     from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[]) as given(a, b, c, d, e, f, g, h, i, j, k)
     on conflict (person_no) do update set name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
       certificate_type = excluded.certificate_type, identity_encrypted = excluded.identity_encrypted,
       identity_hash = excluded.identity_hash, county = excluded.county, special_identities = excluded.special_identities,
       content_hash = excluded.content_hash, version = p.version + 1, told_version = p.version + 1
     returning person_no as "personNo", version`,
    [
      ...[column('personNo'), column('name'), column('sex'), column('birthDate'), column('certificateType')],
      ...[column('identityEncrypted'), column('identityHash'), column('homeArea'), column('county')],
      ...[persons.map(({ specialIdentities }) => specialIdentities.join(' ')), column('contentHash')],
    ],
  );
  const known = saved.filter(({ version }) => version > 1).map(({ personNo }) => personNo);
  if (known.length > 0) await tx.query('delete from insurance where person_no = any($1)', [known]);
  const insurances = persons.flatMap(({ personNo, insurances: own }) => own.map((one) => ({ personNo, ...one })));
  await tx.query(
    `insert into insurance (person_no, scheme, person_type, category, tier, status, from_day, to_day)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[])`,
    [
      ...[insurances.map((one) => one.personNo), insurances.map((one) => one.scheme)],
      ...[insurances.map((one) => one.personType), insurances.map((one) => one.category)],
      ...[insurances.map((one) => one.tier), insurances.map((one) => one.status)],
      ...[insurances.map((one) => one.from), insurances.map((one) => one.to)],
    ],
  );
  return new Map(saved.map(({ personNo, version }) => [personNo, version]));
}

export async function savePersonFile(
  tx: Transaction,
  file: Omit<PersonFile, 'fileNo'>,
  refusals: readonly RefusedRow[],
): Promise<number> {
  const saved = await one<{ fileNo: number }>(
    tx,
    `insert into person_file (area, loaded_by, loaded_at, total, added, changed, same, refused)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning file_no::int as "fileNo"`,
    [...[file.area, file.loadedBy, file.loadedAt, file.total, file.added, file.changed, file.same, file.refused]],
  );
  const fileNo = saved?.fileNo ?? 0;
  await tx.query(
    `insert into person_file_refusal (file_no, line, person_no, reason)
     select $1, * from unnest($2::int[], $3::text[], $4::text[])`,
    [
      fileNo,
      refusals.map(({ line }) => line),
      refusals.map(({ personNo }) => personNo),
      refusals.map(({ reason }) => reason),
    ],
  );
  return fileNo;
}

export const findPersonFile = (tx: Transaction, fileNo: string): Promise<PersonFile | undefined> =>
  one<PersonFile>(
    tx,
    `select file_no::int as "fileNo", area, loaded_by as "loadedBy", loaded_at as "loadedAt", total, added, changed, same, refused
     from person_file where file_no = $1`,
    [fileNo],
  );

/** Refused rows after a line, a page at a time. */
export const refusedRows = (tx: Transaction, fileNo: string, after: number): Promise<RefusedRow[]> =>
  rows<RefusedRow>(
    tx,
    `select line, person_no as "personNo", reason from person_file_refusal where file_no = $1 and line > $2 order by line limit 10000`,
    [fileNo, after],
  );
