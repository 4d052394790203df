import type { Doors, Json } from '../doors.js';
import { partiesOf } from '../story/hospital-messages.js';
import type { LineFact, VisitFact } from '../story/visits.js';
import { institutions } from '../world.js';
import type { InstitutionKey } from '../world.js';

const aspirin: readonly LineFact[] = [{ item: 'drug-a', price: '90.00', quantity: 1 }];

/** A visit of A to the outpatients of Beijing, who needs no filing for it. */
export const outpatient = (id: string, day: string, more: Partial<VisitFact> = {}): VisitFact => ({
  id,
  person: 'A',
  institution: 'H-BJ3',
  kind: 'outpatient',
  medType: '11',
  admittedOn: day,
  settledOn: day,
  useAccount: false,
  lines: aspirin,
  ...more,
});

/** A stay of H in Zhuzhou, inside the province, for which no filing is needed either. */
export const stay = (id: string, day: string, more: Partial<VisitFact> = {}): VisitFact => ({
  ...outpatient(id, day),
  person: 'H',
  institution: 'H-ZZ2',
  kind: 'inpatient',
  medType: '21',
  ...more,
});

/** A message about a visit, from its own hospital unless another one is named. */
export function send(
  doors: Doors,
  fact: VisitFact,
  infno: string,
  input: Json,
  more: { from?: InstitutionKey; msgid?: string; home?: string } = {},
): Promise<Response> {
  const { institution, home } = partiesOf(fact);
  const { from, ...options } = more;
  return doors.post(
    doors.message(from === undefined ? institution : institutions[from], infno, input, { ...home, ...options }),
  );
}
