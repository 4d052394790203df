import { month } from '../story/05-declare-audit-pay.js';
import type { SettledVisit } from '../story/hospital-desk.js';
import type { Stage } from '../story/stage.js';
import type { VisitFact } from '../story/visits.js';
import { clerk } from '../people.js';
import { outpatient, stay } from './facts.js';
import { firstDay } from './scene.js';

/** An outpatient of Beijing, whose bill will be late, and a referred resident in Shanghai, whose bill will not. */
const facts: readonly [VisitFact, VisitFact] = [
  outpatient('BILL', firstDay, { lines: [{ item: 'drug-a', price: '500.00', quantity: 1 }] }),
  stay('STAY', firstDay, {
    ...{ person: 'B', institution: 'H-SH3', lines: [{ item: 'drug-a', price: '5000.00', quantity: 1 }] },
  }),
];

export async function settleTwoBills(stage: Stage): Promise<[SettledVisit, SettledVisit]> {
  const settle = async (fact: VisitFact): Promise<SettledVisit> => {
    const { desk, books } = stage;
    const visitId = fact.kind === 'outpatient' ? await desk.register(fact) : await desk.admit(fact);
    await desk.charge(fact, visitId);
    if (fact.kind === 'inpatient') await desk.discharge(fact, visitId);
    const settled = await desk.settleWithTrial(fact, visitId);
    books.record(settled, firstDay, settled.setlinfo);
    return settled;
  };
  const both: [SettledVisit, SettledVisit] = [await settle(facts[0]), await settle(facts[1])];
  await stage.doors.untilQuiet();
  return both;
}

/** The second bill goes its regular way up to the final audit. */
export async function declareTheSecond({ doors, books }: Stage): Promise<void> {
  const { institution } = facts[1];
  const shanghai = clerk('310000');
  await books.sendTotals(institution, firstDay);
  await books.declare(institution, month);
  const declarations = await doors.call<{ declarationId: string }[]>(shanghai, 'settlement', 'GET', '/declarations');
  for (const { declarationId } of declarations)
    await doors.call(shanghai, 'settlement', 'POST', `/declarations/${declarationId}/audit`, { findings: [] });
  await doors.untilQuiet();
}
