import type { ShareRequest } from '../home/home-side.js';
import { foldCategories } from '../scope/rules/fold-categories.js';
import { addScopes } from '../scope/scope.js';
import { benefitSettingOf } from '../visit/rules/benefit-setting.js';
import { settledOnOf } from './reimbursement-case.js';
import type { CaseFigures, CaseLine, ReimbursementCase } from './reimbursement-case.js';

/**
 * 参保地核算请求: the case as the home side is asked about any bill. The benefits are those of the day on which it should
 * have been settled, however late the case is worked off: the agency's pace costs nobody a benefit year.
 */
export function caseRequest(
  found: ReimbursementCase,
  lines: readonly CaseLine[],
  ground: Pick<CaseFigures, 'route' | 'designated'>,
  grant: { readonly id: string; readonly at: Date },
): ShareRequest {
  const counted = lines.map(({ category, totalFen, counted: parts }) => ({ category, totalFen, ...parts }));
  return {
    settlementId: grant.id,
    visitId: found.visitId ?? found.billId,
    personNo: found.personNo,
    scheme: found.scheme,
    setting: found.setting,
    benefitSetting: benefitSettingOf(found.setting, found.medType),
    route: ground.route,
    injury: found.injury,
    designated: ground.designated,
    homeArea: found.homeArea,
    treatmentArea: found.treatmentArea,
    institutionCode: found.institutionCode,
    level: found.level,
    admittedOn: found.admittedOn,
    dischargedOn: found.dischargedOn,
    settledOn: settledOnOf(found),
    settledAt: grant.at,
    diseases: found.diseases,
    scope: addScopes(counted),
    parts: foldCategories(counted),
    useAccount: found.useAccount,
  };
}
