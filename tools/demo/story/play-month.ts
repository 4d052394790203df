import type { Doors } from '../doors.js';
import type { Teller } from '../teller.js';
import { openTheNetwork } from './01-open-the-network.js';
import { prepay } from './02-prepay.js';
import { fileLongTerm, referOneStop } from './03-file.js';
import { March } from './04-march.js';
import { declareAuditPay } from './05-declare-audit-pay.js';
import { clear, showNetting } from './06-clear.js';
import { answerMatter, transfer, warn } from './07-funds-and-matters.js';
import { HospitalBooks } from './hospital-books.js';
import { HospitalDesk } from './hospital-desk.js';
import type { Stage } from './stage.js';

/** The whole month from the first filing to the last transfer. Throws StoryBroken when a step does not go as it must. */
export async function playMonth(doors: Doors, teller: Teller): Promise<Stage> {
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
  await new March(stage).play();
  await declareAuditPay(stage);
  await clear(stage);
  await showNetting(stage);
  await warn(stage);
  await answerMatter(stage);
  await transfer(stage);
  return stage;
}
