import type { filingChanged, insuredPersonChanged, PayloadOf, qualificationChanged } from '#shared/contracts';
import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { numbersOf } from './person-alias.repository.js';
import type { KnownPerson, KnownQualification, StoredFiling } from './known-person.js';

const columns = `person_no as "personNo", name, sex, birth_date as "birthDate", certificate_type as "certificateType",
  identity_hash as "identityHash", home_area as "homeArea", insurances, special_identities as "specialIdentities",
  merged_into as "mergedInto"`;

export const findPerson = (tx: Transaction, personNo: string): Promise<KnownPerson | undefined> =>
  one<KnownPerson>(tx, `select ${columns} from insured_person where person_no = $1`, [personNo]);

/** All numbers of one person: insured in two places, moved, or merged. */
export const findNumbersByHash = (tx: Transaction, identityHash: string): Promise<KnownPerson[]> =>
  rows<KnownPerson>(tx, `select ${columns} from insured_person where identity_hash = $1 order by person_no`, [
    identityHash,
  ]);

/** With the numbers that go on for them; locked in the order of their numbers, so that two batches cannot wait for each other. */
export const lockPersons = (tx: Transaction, personNos: readonly string[]): Promise<KnownPerson[]> =>
  rows<KnownPerson>(
    tx,
    `select ${columns} from insured_person where person_no = any($1)
       or person_no in (select living_no from person_alias where person_no = any($1)) order by person_no for update`,
    [personNos],
  );

/** 备案 of persons under whatever number of theirs they are kept, each under the number that is asked for. */
export const filingsOf = (tx: Transaction, personNos: readonly string[]): Promise<StoredFiling[]> =>
  rows(
    tx,
    `select n as "personNo", filing_no as "filingNo", category, destination, status, decided_on as "decidedOn",
            valid_from as "validFrom", valid_to as "validTo", commitment_due_on as "commitmentDueOn", covers_from as "coversFrom"
     from unnest($1::text[]) as n join filing_copy on person_no in ${numbersOf('n')} order by filing_no`,
    [personNos],
  );

/** Keeps what is newer; an older message that comes late changes nothing. */
export async function keepPerson(
  tx: Transaction,
  person: PayloadOf<typeof insuredPersonChanged>,
  version: number,
): Promise<void> {
  await tx.query(
    `insert into insured_person as p (person_no, name, sex, birth_date, certificate_type, identity_hash, home_area, insurances,
       special_identities, merged_into, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (person_no) do update set name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
       certificate_type = excluded.certificate_type, identity_hash = excluded.identity_hash, home_area = excluded.home_area,
       insurances = excluded.insurances, special_identities = excluded.special_identities,
       merged_into = excluded.merged_into, version = excluded.version
     where excluded.version > p.version`,
    [
      ...[person.personNo, person.name, person.sex, person.birthDate, person.certificateType],
      ...[person.identityHash, person.homeArea, JSON.stringify(person.insurances)],
      ...[person.specialIdentities ?? [], person.mergedInto ?? null, version],
    ],
  );
}

export async function keepFiling(
  tx: Transaction,
  filing: PayloadOf<typeof filingChanged>,
  version: number,
): Promise<void> {
  await tx.query(
    `insert into filing_copy as f (filing_no, person_no, home_area, category, destination, status, decided_on, valid_from, valid_to,
       commitment_due_on, covers_from, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (filing_no) do update set category = excluded.category, destination = excluded.destination,
       status = excluded.status, decided_on = excluded.decided_on, valid_from = excluded.valid_from,
       valid_to = excluded.valid_to, commitment_due_on = excluded.commitment_due_on, covers_from = excluded.covers_from,
       version = excluded.version
     where excluded.version > f.version`,
    [
      ...[filing.filingNo, filing.personNo, filing.homeArea, filing.category, filing.destination, filing.status],
      ...[
        filing.decidedOn,
        filing.validFrom,
        filing.validTo,
        filing.commitmentDueOn,
        filing.coversFrom ?? null,
        version,
      ],
    ],
  );
}

export async function keepQualification(
  tx: Transaction,
  one: PayloadOf<typeof qualificationChanged>,
  version: number,
): Promise<void> {
  await tx.query(
    `insert into qualification_copy as q
       (qualification_no, person_no, home_area, disease_code, disease_name, status, from_day, to_day, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (qualification_no) do update set status = excluded.status, from_day = excluded.from_day,
       to_day = excluded.to_day, version = excluded.version
     where excluded.version > q.version`,
    [
      one.qualificationNo,
      one.personNo,
      one.homeArea,
      one.diseaseCode,
      one.diseaseName,
      one.status,
      one.from,
      one.to,
      version,
    ],
  );
}

/** 门诊慢特病资格 of several persons, ended ones too. */
export async function qualificationsByPerson(
  tx: Transaction,
  personNos: readonly string[],
): Promise<Map<string, KnownQualification[]>> {
  if (personNos.length === 0) return new Map();
  const found = await rows<KnownQualification & { personNo: string }>(
    tx,
    `select n as "personNo", disease_code as "diseaseCode", disease_name as "diseaseName", status, from_day as "from",
            to_day as "to"
     from unnest($1::text[]) as n join qualification_copy on person_no in ${numbersOf('n')} order by disease_code, from_day`,
    [personNos],
  );
  return Map.groupBy(found, ({ personNo }) => personNo);
}

export const qualificationsOf = async (tx: Transaction, personNo: string): Promise<KnownQualification[]> =>
  (await qualificationsByPerson(tx, [personNo])).get(personNo) ?? [];
