import { changed, one } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';

export interface SignIn {
  readonly institutionCode: string;
  readonly operatorNo: string;
  readonly address: string | null;
  readonly at: Date;
}

/** 签到编号: the day and a sequence. */
export async function openSignIn(tx: Transaction, signIn: SignIn, on: Day): Promise<string> {
  const next = await one<{ n: bigint }>(tx, `select nextval('sign_in_number') as n`);
  const signNo = `SN${on.replaceAll('-', '')}${String(next?.n ?? 0n).padStart(9, '0')}`;
  await tx.query(
    'insert into sign_in (sign_no, institution_code, operator_no, address, signed_in_at) values ($1, $2, $3, $4, $5)',
    [...[signNo, signIn.institutionCode, signIn.operatorNo, signIn.address, signIn.at]],
  );
  return signNo;
}

/** False when the institution has no such sign-in; twice is once. */
export async function closeSignIn(
  tx: Transaction,
  institutionCode: string,
  signNo: string,
  at: Date,
): Promise<boolean> {
  const found = await changed(
    tx,
    `update sign_in set signed_out_at = coalesce(signed_out_at, $3) where sign_no = $2 and institution_code = $1`,
    [institutionCode, signNo, at],
  );
  return found === 1;
}

/** Whether the institution signed in under this number on this day and did not sign out. */
export async function isSignedIn(tx: Transaction, institutionCode: string, signNo: string, on: Day): Promise<boolean> {
  const found = await one(
    tx,
    `select 1 from sign_in where sign_no = $2 and institution_code = $1 and signed_out_at is null
       and (signed_in_at at time zone 'Asia/Shanghai')::date = $3`,
    [institutionCode, signNo, on],
  );
  return found !== undefined;
}
