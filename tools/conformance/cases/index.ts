import { closing, signOut } from './closing.js';
import type { ConformanceCase } from './conformance-case.js';
import { identity } from './identity.js';
import { earlyReversals, lostAnswers, lostRefunds } from './lost-answers.js';
import { outpatient } from './outpatient.js';
import { openingBooks, reconciliation } from './reconciliation.js';
import { refunds } from './refunds.js';
import { foreignVisits, repeats } from './repeats.js';
import { stay } from './stay.js';

/** 自检项目 in the order in which a hospital's day has them. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...[identity, openingBooks, outpatient, repeats, foreignVisits, refunds],
  ...[lostAnswers, earlyReversals, lostRefunds, stay, closing, reconciliation, signOut],
];
