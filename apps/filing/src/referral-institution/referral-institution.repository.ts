import { changed, one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';

export interface ReferralInstitution {
  readonly institutionCode: string;
  readonly name: string;
  readonly area: string;
  readonly designatedOn: Day;
}

const columns = `institution_code as "institutionCode", name, area, designated_on as "designatedOn"`;

export async function designate(tx: Transaction, one: ReferralInstitution): Promise<void> {
  await tx.query(
    `insert into referral_institution (institution_code, name, area, designated_on) values ($1, $2, $3, $4)
     on conflict (area, institution_code) do update set name = excluded.name, withdrawn_on = null`,
    [one.institutionCode, one.name, one.area, one.designatedOn],
  );
}

/** The institution leaves the list; answers whether it stood there. */
export const withdraw = async (tx: Transaction, area: string, institutionCode: string, on: Day): Promise<boolean> =>
  (await changed(
    tx,
    `update referral_institution set withdrawn_on = $3 where area = $1 and institution_code = $2 and withdrawn_on is null`,
    [area, institutionCode, on],
  )) > 0;

export const isDesignated = async (tx: Transaction, area: string, institutionCode: string, on: Day): Promise<boolean> =>
  (await one(
    tx,
    `select 1 from referral_institution
     where area = $1 and institution_code = $2 and designated_on <= $3 and withdrawn_on is null`,
    [area, institutionCode, on],
  )) !== undefined;

export const listDesignated = (tx: Transaction, area: string | null): Promise<ReferralInstitution[]> =>
  rows(
    tx,
    `select ${columns} from referral_institution where withdrawn_on is null and ($1::text is null or area = $1)
     order by area, institution_code`,
    [area],
  );
