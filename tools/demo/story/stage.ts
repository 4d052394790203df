import type { Doors } from '../doors.js';
import type { Teller } from '../teller.js';
import type { HospitalBooks } from './hospital-books.js';
import type { HospitalDesk, SettledVisit } from './hospital-desk.js';

/** What the steps of the story share: the doors, the voice, and what has been settled so far. */
export interface Stage {
  readonly doors: Doors;
  readonly teller: Teller;
  readonly desk: HospitalDesk;
  readonly books: HospitalBooks;
  /** By the ids of the month: V1 … V10, and V1R for the refund. */
  readonly settled: Map<string, SettledVisit>;
}
