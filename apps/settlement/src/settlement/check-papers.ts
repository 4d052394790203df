import type { Day } from '#shared/clock';
import { refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { heldByHospital } from '../visit-papers/visit-paper.js';
import type { VisitPapers } from '../visit-papers/visit-paper.js';
import { injuryGround } from '../visit/rules/injury-ground.js';
import type { InjuryGround } from '../visit/rules/injury-ground.js';
import { formMissingFor } from '../visit/rules/outside-form.js';
import type { OutsideLine } from '../visit/rules/outside-form.js';
import type { FeeLine, Visit } from '../visit/visit.js';

const says = (details: Visit['details'] | null, name: string): boolean => details?.[name] === '1';

/** 外伤依据 of a visit, by its flags and by the commitment on record. */
export const injuryOf = ({ medType, details }: Pick<Visit, 'medType' | 'details'>, committed: boolean): InjuryGround =>
  injuryGround({
    medType,
    injured: says(details, 'trum_flag'),
    thirdParty: says(details, 'rel_ttp_flag'),
    committed: committed || says(details, heldByHospital.commitment),
  }).value;

const outsideLine = ({ lineNo, outsideInstitution, outsideFormHeld }: FeeLine): OutsideLine => ({
  lineNo,
  outsideInstitution: outsideInstitution ?? null,
  formHeld: outsideFormHeld === true,
});

/** Lines whose form only the hospital has seen. */
export const unseenForms = (lines: readonly FeeLine[], { orders }: VisitPapers, settledOn: Day): number =>
  lines.filter((line) => formMissingFor([{ ...outsideLine(line), formHeld: false }], orders, settledOn) !== undefined)
    .length;

/** 结算前的表单 (N35 N36): an injury needs its commitment, a line done elsewhere its form; a third party pays itself. */
export function missingPaper(
  visit: Visit,
  lines: readonly FeeLine[],
  papers: VisitPapers,
  settledOn: Day,
): Refusal | undefined {
  const injury = injuryOf(visit, papers.committed);
  if (injury === 'third-party') return refuse('THIRD_PARTY_LIABLE');
  if (injury === 'uncommitted') return refuse('INJURY_COMMITMENT_MISSING', { visitId: visit.visitId });
  const line = formMissingFor(lines.map(outsideLine), papers.orders, settledOn);
  return line === undefined ? undefined : refuse('OUTSIDE_FORM_MISSING', { line });
}

/** The visits whose forms have to be looked up; of all others nothing is asked. */
export const needingPapers = (visits: readonly Visit[], lines: readonly FeeLine[]): string[] => {
  const withOutside = new Set(
    lines.filter(({ outsideInstitution }) => typeof outsideInstitution === 'string').map(({ visitId }) => visitId),
  );
  return visits
    .filter((visit) => withOutside.has(visit.visitId) || injuryOf(visit, false) === 'uncommitted')
    .map(({ visitId }) => visitId);
};
