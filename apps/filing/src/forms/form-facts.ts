import type { Filing } from '../filing/filing.js';
import type { StoredPerson } from '../person/person.repository.js';

/** What a form is filled with; a blank one has only the home province. */
export interface FormFacts {
  readonly filing: Filing;
  readonly person: StoredPerson;
  /** Masked, unless showing it was allowed and logged. */
  readonly identityNumber: string;
}
