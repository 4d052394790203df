import type { Doors } from '../doors.js';
import type { Teller } from '../teller.js';
import { March } from './04-march.js';
import { declareAuditPay } from './05-declare-audit-pay.js';
import { clear, showNetting } from './06-clear.js';
import { answerMatter, transfer, warn } from './07-funds-and-matters.js';
import { playOpening } from './play-opening.js';
import type { Stage } from './stage.js';

/** The whole month from the first filing to the last transfer. Throws StoryBroken when a step does not go as it must. */
export async function playMonth(doors: Doors, teller: Teller): Promise<Stage> {
  const stage = await playOpening(doors, teller);
  await new March(stage).play();
  await declareAuditPay(stage);
  await clear(stage);
  await showNetting(stage);
  await warn(stage);
  await answerMatter(stage);
  await transfer(stage);
  return stage;
}
