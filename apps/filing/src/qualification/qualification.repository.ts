import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Qualification } from './qualification.js';

const columns = `qualification_no as "qualificationNo", person_no as "personNo", home_area as "homeArea", county,
  disease_code as "diseaseCode", disease_name as "diseaseName", status, applied_on as "appliedOn", decided_on as "decidedOn",
  decided_by as "decidedBy", reason, from_day as "from", to_day as "to", version`;

export const findQualification = (tx: Transaction, no: string): Promise<Qualification | undefined> =>
  one<Qualification>(tx, `select ${columns} from qualification where qualification_no = $1`, [no]);

export const qualificationsOf = (tx: Transaction, personNos: readonly string[]): Promise<Qualification[]> =>
  rows<Qualification>(tx, `select ${columns} from qualification where person_no = any($1) order by qualification_no`, [
    personNos,
  ]);

/** Granted, and over by their last day. */
export const overdueQualifications = (tx: Transaction, day: Day): Promise<Qualification[]> =>
  rows<Qualification>(
    tx,
    `select ${columns} from qualification where status = 'effective' and to_day < $1 order by person_no, qualification_no`,
    [day],
  );

/** 资格编号: MT, home area, day, sequence. */
export async function nextQualificationNo(tx: Transaction, homeArea: string, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('qualification_number') as n`);
  return `MT${homeArea}${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(6, '0')}`;
}

export async function saveQualification(tx: Transaction, given: Qualification): Promise<void> {
  await tx.query(
    `insert into qualification (qualification_no, person_no, home_area, county, disease_code, disease_name, status, applied_on,
       decided_on, decided_by, reason, from_day, to_day, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (qualification_no) do update set status = excluded.status, decided_on = excluded.decided_on,
       decided_by = excluded.decided_by, reason = excluded.reason, from_day = excluded.from_day, to_day = excluded.to_day,
       version = excluded.version`,
    [
      ...[given.qualificationNo, given.personNo, given.homeArea, given.county, given.diseaseCode, given.diseaseName],
      ...[given.status, given.appliedOn, given.decidedOn, given.decidedBy, given.reason, given.from, given.to],
      given.version,
    ],
  );
}
