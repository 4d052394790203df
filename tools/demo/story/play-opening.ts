import type { Doors } from '../doors.js';
import type { Teller } from '../teller.js';
import { openTheNetwork } from './01-open-the-network.js';
import { prepay } from './02-prepay.js';
import { fileLongTerm, referOneStop } from './03-file.js';
import { HospitalBooks } from './hospital-books.js';
import { HospitalDesk } from './hospital-desk.js';
import type { Stage } from './stage.js';

/** The first chapters of the month: the network, the filings, the prepayment; the clock stands on 2 March 2026 after them. */
export async function playOpening(doors: Doors, teller: Teller): Promise<Stage> {
  const stage: Stage = {
    doors,
    teller,
    desk: new HospitalDesk(doors),
    books: new HospitalBooks(doors),
    settled: new Map(),
  };
  await openTheNetwork(stage);
  await fileLongTerm(stage);
  await prepay(stage);
  await referOneStop(stage);
  return stage;
}
