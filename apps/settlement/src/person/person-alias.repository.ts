import { changed, one } from '#shared/database';
import type { Transaction } from '#shared/database';

/** SQL: all numbers of the person whom a parameter names, in an order that all transactions share. */
export const numbersOf = (parameter: string): string =>
  `(select ${parameter} union select living_no from person_alias where person_no = ${parameter}
    union select person_no from person_alias where living_no in
      (select ${parameter} union select living_no from person_alias where person_no = ${parameter}))`;

/** The number that goes on; the number itself where it was not merged. */
export async function livingNumber(tx: Transaction, personNo: string): Promise<string> {
  const found = await one<{ no: string }>(tx, 'select living_no as no from person_alias where person_no = $1', [
    personNo,
  ]);
  return found?.no ?? personNo;
}

/** Records a merge, once; numbers that were merged into the old one before follow it. False where it was known. */
export async function keepAlias(tx: Transaction, personNo: string, livingNo: string, at: Date): Promise<boolean> {
  const fresh = await changed(
    tx,
    `insert into person_alias (person_no, living_no, merged_at) values ($1, $2, $3) on conflict (person_no) do nothing`,
    [personNo, livingNo, at],
  );
  if (fresh > 0) await tx.query('update person_alias set living_no = $2 where living_no = $1', [personNo, livingNo]);
  return fresh > 0;
}

/** What the benefit years have used goes on under the living number. */
export async function carryAccumulators(tx: Transaction, personNo: string, livingNo: string): Promise<void> {
  await tx.query(
    `with gone as (delete from accumulator where person_no = $1 returning scheme, benefit_year, name, amount)
     insert into accumulator as a (person_no, scheme, benefit_year, name, amount)
     select $2, scheme, benefit_year, name, amount from gone
     on conflict (person_no, scheme, benefit_year, name) do update set amount = a.amount + excluded.amount`,
    [personNo, livingNo],
  );
}

/** Which institutions have met the person. */
export async function carrySeen(tx: Transaction, personNo: string, livingNo: string): Promise<void> {
  await tx.query(
    `insert into seen_person (institution_code, person_no, masked_certificate, seen_at)
     select institution_code, $2, masked_certificate, seen_at from seen_person where person_no = $1
     on conflict (institution_code, person_no) do nothing`,
    [personNo, livingNo],
  );
}
