import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';

/** 已开通地区: for which kinds of treatment an area settles for people from elsewhere. */
export interface OpenedArea {
  readonly area: string;
  readonly inpatient: boolean;
  readonly outpatient: boolean;
  readonly chronic: boolean;
  readonly openedOn: Day;
}

export async function openArea(
  tx: Transaction,
  { area, inpatient, outpatient, chronic, openedOn }: OpenedArea,
): Promise<void> {
  await tx.query(
    `insert into opened_area (area, inpatient, outpatient, chronic, opened_on) values ($1, $2, $3, $4, $5)
     on conflict (area) do update set inpatient = excluded.inpatient, outpatient = excluded.outpatient, chronic = excluded.chronic`,
    [area, inpatient, outpatient, chronic, openedOn],
  );
}

export const openedAreas = (tx: Transaction): Promise<OpenedArea[]> =>
  rows<OpenedArea>(
    tx,
    'select area, inpatient, outpatient, chronic, opened_on as "openedOn" from opened_area order by area',
  );
