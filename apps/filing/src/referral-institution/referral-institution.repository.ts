import { one, rows } from '#shared/database';
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
     on conflict (area, institution_code) do update set name = excluded.name`,
    [one.institutionCode, one.name, one.area, one.designatedOn],
  );
}

export const isDesignated = async (tx: Transaction, area: string, institutionCode: string): Promise<boolean> =>
  (await one(tx, 'select 1 from referral_institution where area = $1 and institution_code = $2', [
    area,
    institutionCode,
  ])) !== undefined;

export const listDesignated = (tx: Transaction, area: string | null): Promise<ReferralInstitution[]> =>
  rows(
    tx,
    `select ${columns} from referral_institution where $1::text is null or area = $1 order by area, institution_code`,
    [area],
  );
