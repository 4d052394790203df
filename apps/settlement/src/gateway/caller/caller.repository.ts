import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Institution } from '../../institution/institution.js';
import type { KnownPerson } from '../../person/known-person.js';
import { findPerson } from '../../person/known-person.repository.js';

export type SignatureKind = 'headers' | 'sm3' | 'sm2';

/** 接入约定 of one institution with its area. */
export interface GatewayTerms {
  readonly signature: SignatureKind;
  readonly sm2PublicKey: string | null;
  readonly signIn: boolean;
}

export interface StoredCredential {
  readonly paasid: string;
  readonly institutionCode: string;
  readonly secretEncrypted: Buffer;
  readonly validTo: Date | null;
}

/** What is known of a caller before its signature is looked at. */
export interface CallerRecord {
  readonly institution: Institution;
  readonly terms: GatewayTerms | null;
}

export async function findCaller(tx: Transaction, institutionCode: string): Promise<CallerRecord | undefined> {
  const found = await one<Institution & GatewayTerms & { hasTerms: boolean }>(
    tx,
    `select i.code as "institutionCode", i.name, i.level, i.area, i.services, i.agreement, i.effective_on as "effectiveOn",
            t.institution_code is not null as "hasTerms", t.signature, t.sm2_public_key as "sm2PublicKey", t.sign_in as "signIn"
     from institution i left join gateway_terms t on t.institution_code = i.code where i.code = $1`,
    [institutionCode],
  );
  if (found === undefined) return undefined;
  const { hasTerms, signature, sm2PublicKey, signIn, ...institution } = found;
  return { institution, terms: hasTerms ? { signature, sm2PublicKey, signIn } : null };
}

/** The credentials that are good now, of an institution or by their id. */
export const goodCredentials = (
  tx: Transaction,
  wanted: { institutionCode: string } | { paasid: string },
  now: Date,
): Promise<StoredCredential[]> =>
  rows<StoredCredential>(
    tx,
    `select paasid, institution_code as "institutionCode", secret_encrypted as "secretEncrypted", valid_to as "validTo"
     from institution_credential
     where ${'paasid' in wanted ? 'paasid' : 'institution_code'} = $1 and valid_from <= $2 and (valid_to is null or $2 < valid_to)
     order by valid_from desc`,
    ['paasid' in wanted ? wanted.paasid : wanted.institutionCode, now],
  );

/** True when the nonce was not used before, also not in another process. */
export async function useNonce(tx: Transaction, paasid: string, nonce: string, at: Date): Promise<boolean> {
  const fresh = await one(
    tx,
    'insert into used_nonce (paasid, nonce, used_at) values ($1, $2, $3) on conflict do nothing returning nonce',
    [paasid, nonce, at],
  );
  return fresh !== undefined;
}

export async function keepTerms(
  tx: Transaction,
  institutionCode: string,
  terms: GatewayTerms,
  by: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into gateway_terms (institution_code, signature, sm2_public_key, sign_in, changed_by, changed_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (institution_code) do update set signature = excluded.signature, sm2_public_key = excluded.sm2_public_key,
       sign_in = excluded.sign_in, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [...[institutionCode, terms.signature, terms.sm2PublicKey, terms.signIn, by, at]],
  );
}

/** 见过的参保人: whom an institution has identified, with the certificate number as answers show it. */
export async function rememberPerson(
  tx: Transaction,
  seen: { institutionCode: string; personNo: string; maskedCertificate: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into seen_person (institution_code, person_no, masked_certificate, seen_at) values ($1, $2, $3, $4)
     on conflict (institution_code, person_no) do update set masked_certificate = excluded.masked_certificate`,
    [...[seen.institutionCode, seen.personNo, seen.maskedCertificate, seen.at]],
  );
}

export interface SeenPerson extends KnownPerson {
  readonly maskedCertificate: string;
}

/** An institution acts only for whom it has identified; everybody else is simply not there. */
export async function seenPerson(
  tx: Transaction,
  institutionCode: string,
  personNo: string,
): Promise<Outcome<SeenPerson>> {
  const seen = await one<{ masked: string }>(
    tx,
    'select masked_certificate as masked from seen_person where institution_code = $1 and person_no = $2',
    [institutionCode, personNo],
  );
  const person = seen === undefined ? undefined : await findPerson(tx, personNo);
  return seen === undefined || person === undefined
    ? refuse('PERSON_UNKNOWN')
    : { ...person, maskedCertificate: seen.masked };
}
