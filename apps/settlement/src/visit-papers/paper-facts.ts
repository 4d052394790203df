import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { seenPerson } from '../gateway/caller/caller.repository.js';
import { findVisits } from '../gateway/visit-queries.repository.js';
import type { FoundVisit } from '../gateway/visit-queries.repository.js';
import type { Institution } from '../institution/institution.js';
import { findInstitution } from '../institution/institution.repository.js';
import type { KnownPerson } from '../person/known-person.js';
import { findPerson } from '../person/known-person.repository.js';
import type { Visit } from '../visit/visit.js';
import { readVisits } from '../visit/visit.repository.js';

/** What the papers of a visit are filled with. */
export interface PaperFacts {
  readonly visit: FoundVisit;
  readonly person: KnownPerson;
  /** As answers show it; the whole number is not kept here. */
  readonly maskedCertificate: string;
  readonly institution: Institution;
}

/** A hospital's office sees its own visits, an agency those of its people and of its hospitals; others are not there. */
export const maySee = (
  { institution, scope }: Pick<Caller, 'institution' | 'scope'>,
  { institutionCode, homeArea, treatmentArea }: Pick<Visit, 'institutionCode' | 'homeArea' | 'treatmentArea'>,
): boolean =>
  institution === undefined
    ? isWithin(scope, homeArea) || isWithin(scope, treatmentArea)
    : institution === institutionCode;

export async function visibleVisit(
  tx: Transaction,
  visitId: string,
  caller: Pick<Caller, 'institution' | 'scope'>,
): Promise<Outcome<Visit>> {
  const [visit] = await readVisits(tx, [visitId]);
  return visit !== undefined && maySee(caller, visit) ? visit : refuse('NOT_FOUND', { what: '该就诊' });
}

export async function paperFacts(tx: Transaction, { institutionCode, personNo, visitId }: Visit): Promise<PaperFacts> {
  const [visit] = await findVisits(tx, { institutionCode, personNo, visitId });
  const seen = await seenPerson(tx, institutionCode, personNo);
  const person = isRefusal(seen) ? await findPerson(tx, personNo) : seen;
  const institution = await findInstitution(tx, institutionCode);
  if (visit === undefined || person === undefined || institution === undefined)
    throw new Error(`a visit has its person and its institution: ${visitId}`);
  return { visit, person, maskedCertificate: isRefusal(seen) ? '' : seen.maskedCertificate, institution };
}
