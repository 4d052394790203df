import type { Transaction } from '#shared/database';
import { one, rows } from '#shared/database';
import type { Day } from '#shared/clock';
import type { Caller } from '#shared/identity';
import { poolOf } from '#shared/regions';

/** 归属: the home area with the county beneath it, where the person is known by county. */
export interface Belonging {
  readonly homeArea: string;
  readonly county: string | null;
}

/** A person's area as it is registered: the pool, and the county when the code names one. */
export function belongingOf(area: string): Belonging {
  const homeArea = poolOf(area);
  return { homeArea, county: area === homeArea ? null : area };
}

/** 县区授权: counties that a prefecture lets file for their own people. */
export interface CountyMandate {
  readonly county: string;
  readonly prefecture: string;
  readonly givenBy: string;
  readonly givenOn: Day;
}

export const findMandate = (tx: Transaction, county: string): Promise<CountyMandate | undefined> =>
  one<CountyMandate>(
    tx,
    `select county, prefecture, given_by as "givenBy", given_on as "givenOn" from county_mandate where county = $1`,
    [county],
  );

export const listMandates = (tx: Transaction): Promise<CountyMandate[]> =>
  rows<CountyMandate>(
    tx,
    `select county, prefecture, given_by as "givenBy", given_on as "givenOn" from county_mandate order by county`,
  );

export async function giveMandate(tx: Transaction, mandate: CountyMandate): Promise<void> {
  await tx.query(
    `insert into county_mandate (county, prefecture, given_by, given_on) values ($1, $2, $3, $4) on conflict (county) do nothing`,
    [mandate.county, mandate.prefecture, mandate.givenBy, mandate.givenOn],
  );
}

export async function withdrawMandate(tx: Transaction, county: string): Promise<void> {
  await tx.query('delete from county_mandate where county = $1', [county]);
}

/** 参保地经办机构 (N8 H9 H11): the agency of the pool decides for its people; a county agency for its county, when the pool lets it. */
export async function isHomeAgency(
  tx: Transaction,
  { agency }: Caller,
  { homeArea, county }: Belonging,
): Promise<boolean> {
  if (agency === homeArea) return true;
  return agency === county && (await findMandate(tx, county)) !== undefined;
}
