import type { Database, Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { isHomeAgency } from '../authority/home-agency.js';
import { findPerson } from '../person/person.repository.js';
import type { StoredPerson } from '../person/person.repository.js';
import type { Filing } from './filing.js';
import { findFiling } from './filing.repository.js';

/** Who may work on a filing: its home agency, and where that is allowed the channel that brought it. */
export type Entitled = 'home-agency' | 'home-agency-or-channel';

/**
 * Opens a filing for work: the person is locked, so that two officers take turns and the second sees what the first has done.
 * What belongs to others is "not found".
 */
export function withFiling<T>(
  database: Database,
  request: { readonly filingNo: string; readonly caller: Caller; readonly entitled: Entitled },
  work: (tx: Transaction, filing: Filing, person: StoredPerson) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { filingNo, caller, entitled } = request;
  return database.transaction(async (tx) => {
    const seen = await findFiling(tx, filingNo);
    if (seen === undefined) return refuse('NOT_FOUND', { what: '该备案' });
    const person = await findPerson(tx, seen.personNo, true);
    const filing = (await findFiling(tx, filingNo)) ?? seen;
    const own = entitled === 'home-agency-or-channel' && filing.appliedBy === caller.subject;
    if (person === undefined || !(own || (await isHomeAgency(tx, caller, filing))))
      return refuse('NOT_FOUND', { what: '该备案' });
    return work(tx, filing, person);
  });
}
