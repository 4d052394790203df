import type { Day } from '#shared/clock';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Institution } from '../institution/institution.js';
import type { KnownFiling, KnownQualification } from '../person/known-person.js';
import type { ShareRequest } from '../home/home-side.js';
import { isCaseNumber } from '../reimbursement/case-number.js';
import { foldCategories } from '../scope/rules/fold-categories.js';
import { netReversals } from '../scope/rules/net-reversals.js';
import { addScopes, scopeAddsUp } from '../scope/scope.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { benefitSettingOf } from '../visit/rules/benefit-setting.js';
import { describeFilings } from '../visit/rules/describe-filings.js';
import { decideRoute } from '../visit/rules/decide-route.js';
import type { DirectRoute } from '../visit/rules/decide-route.js';
import { noPapers } from '../visit-papers/visit-paper.js';
import type { VisitPapers } from '../visit-papers/visit-paper.js';
import { diseasesOfBill } from '../visit/rules/chronic-diseases.js';
import { ofSetting } from '../visit/visit-access.js';
import type { FeeLine, Visit } from '../visit/visit.js';
import { injuryOf, missingPaper, unseenForms } from './check-papers.js';
import { settlementClues } from './rules/settlement-clues.js';

/** 结算请求 of a hospital, as the use case needs it. */
export interface SettleCommand {
  readonly institution: Institution;
  readonly visitId: string;
  readonly personNo: string;
  /** 险种 as the hospital says it; null where it does not. */
  readonly scheme?: string | null;
  /** 收费批次号 of outpatients; null for a whole stay. */
  readonly batchNo: string | null;
  readonly totalFen: Fen;
  readonly useAccount: boolean;
  /** 急诊标志 that comes with the settlement only (N34). */
  readonly emergency?: boolean;
  readonly invoiceNo: string | null;
  readonly msgid: string;
  readonly settledOn: Day;
  readonly settledAt: Date;
  /** 结算号 under which another deployment has granted it; without one it gets the next. */
  readonly settlementId?: string;
}

/** 账单: what is to be settled, complete and added up on the treatment side. */
export interface Bill {
  readonly visit: Visit;
  readonly lines: readonly FeeLine[];
  readonly request: ShareRequest & { readonly route: DirectRoute };
  /** What is to be looked into afterwards. */
  readonly clues: ReturnType<typeof settlementClues>;
}

/** What makes a bill besides the command. */
export interface BillFacts {
  readonly visit: Visit;
  readonly lines: readonly FeeLine[];
  readonly filings: readonly KnownFiling[];
  readonly qualifications: readonly KnownQualification[];
  readonly papers?: VisitPapers | undefined;
}

/** What was paid once is not paid again, neither by a settlement nor beside a reimbursement of home. */
export const alreadySettled = (by: string): Refusal =>
  isCaseNumber(by) ? refuse('REIMBURSED', { caseNo: by }) : refuse('ALREADY_SETTLED', { settlementId: by });

/** Treatment side of a settlement (N31 N32 N33): the lines, their sum against the hospital's, and the ground of treatment. */
export function makeBill(
  command: SettleCommand,
  settlementId: string,
  facts: BillFacts,
  duties: FilingDuties,
): Outcome<Bill> {
  const { visit, filings, papers = noPapers } = facts;
  const { institution, settledOn } = command;
  // A stay is settled as a whole (2304), outpatient charges batch by batch (2207).
  const right = ofSetting(visit, command.batchNo === null ? 'inpatient' : 'outpatient');
  if (isRefusal(right)) return right;
  if (typeof command.scheme === 'string' && command.scheme !== visit.scheme)
    return refuse('SCHEME_DIFFERS', { scheme: visit.scheme });
  const ofBatch = facts.lines.filter(({ batchNo }) => command.batchNo === null || batchNo === command.batchNo);
  const lines = ofBatch.filter((line) => line.settlementId === null);
  const settled = ofBatch.find((line) => line.settlementId !== null)?.settlementId;
  if (lines.length === 0) return typeof settled === 'string' ? alreadySettled(settled) : refuse('NO_LINES');
  const scope = addScopes(lines);
  if (!scopeAddsUp(scope)) throw new Error(`lines of ${visit.visitId} do not add up`);
  if (scope.totalFen !== command.totalFen)
    return refuse('TOTAL_DIFFERS', { given: formatYuan(command.totalFen), sum: formatYuan(scope.totalFen) });
  const diseases = diseasesOfBill(visit.medType, lines, facts.qualifications);
  if (isRefusal(diseases)) return diseases;
  const filingNeeded = duties.isNeeded(visit.homeArea, institution.area, visit.setting, visit.admittedOn);
  const emergency = visit.emergency || command.emergency === true;
  const treatmentArea = institution.area;
  const decision = decideRoute({ ...visit, emergency, treatmentArea, filingNeeded, filings, today: settledOn });
  if (decision === undefined) return refuse('NOT_FILED', { found: describeFilings(filings) });
  const missing = missingPaper(visit, lines, papers, settledOn);
  if (missing !== undefined) return missing;
  const injury = injuryOf(visit, papers.committed);
  const { route } = decision;
  const unseen = unseenForms(lines, papers, settledOn);
  return {
    visit,
    lines,
    clues: settlementClues({ injury, route, diagnosed: visit.diagnosed === true, unseenForms: unseen }),
    request: {
      settlementId,
      visitId: visit.visitId,
      personNo: visit.personNo,
      scheme: visit.scheme,
      setting: visit.setting,
      benefitSetting: benefitSettingOf(visit.setting, visit.medType),
      injury: injury !== 'none',
      route,
      homeArea: visit.homeArea,
      treatmentArea,
      institutionCode: institution.institutionCode,
      level: institution.level,
      admittedOn: visit.admittedOn,
      dischargedOn: visit.dischargedOn ?? settledOn,
      settledOn,
      settledAt: command.settledAt,
      diseases,
      scope,
      parts: visit.setting === 'inpatient' ? foldCategories(lines) : netReversals(lines),
      useAccount: command.useAccount,
    },
  };
}
