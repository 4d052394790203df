import type { Desk } from '../desk.js';
import { done } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { identity } from './identity.js';
import { earlyReversals, lostAnswers, lostRefunds } from './lost-answers.js';
import { outpatient } from './outpatient.js';
import { openingBooks, reconciliation } from './reconciliation.js';
import { refunds } from './refunds.js';
import { foreignVisits, repeats } from './repeats.js';
import { stay } from './stay.js';

const signOut: ConformanceCase = {
  id: 'sign-out',
  title: '签退',
  articles: 'P5.3',
  missing: ({ signNo }) => (signNo === undefined ? '没有签到编号' : undefined),
  async run(desk: Desk): Promise<void> {
    await desk.step('签退', done(), '9002', { signOut: { sign_no: desk.signNo, opter_no: '001' } });
  },
};

/** 自检项目 in the order in which a hospital's day has them. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...[identity, openingBooks, outpatient, repeats, foreignVisits, refunds],
  ...[lostAnswers, earlyReversals, lostRefunds, stay, reconciliation, signOut],
];
