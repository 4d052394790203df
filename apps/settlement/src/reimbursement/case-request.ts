import type { Clock } from '#shared/clock';
import type { HomeBill } from '../home/bill-facts.js';
import { foldCategories } from '../scope/rules/fold-categories.js';
import { addScopes } from '../scope/scope.js';
import { benefitSettingOf } from '../visit/rules/benefit-setting.js';
import { settledOnOf } from './reimbursement-case.js';
import type { CaseFigures, CaseLine, ReimbursementCase } from './reimbursement-case.js';

/**
 * 参保地核算请求: the case as the local home side is asked about a bill. The benefits are those of the day on which it should
 * have been settled, however late the case is worked off: the agency's pace costs nobody a benefit year.
 */
export function caseRequest(
  found: ReimbursementCase,
  lines: readonly CaseLine[],
  ground: Pick<CaseFigures, 'route' | 'designated'>,
  clock: Clock,
): HomeBill {
  const counted = lines.map(({ category, totalFen, counted: parts }) => ({ category, totalFen, ...parts }));
  return {
    settlementId: found.caseNo,
    visitId: found.visitId ?? found.billId,
    personNo: found.personNo,
    scheme: found.scheme,
    setting: found.setting,
    benefitSetting: benefitSettingOf(found.setting, found.medType),
    ...ground,
    homeArea: found.homeArea,
    treatmentArea: found.treatmentArea,
    institutionCode: found.institutionCode,
    level: found.level,
    admittedOn: found.admittedOn,
    dischargedOn: found.dischargedOn,
    settledOn: settledOnOf(found),
    settledAt: clock.now(),
    diseases: [],
    scope: addScopes(counted),
    parts: foldCategories(counted),
    useAccount: found.useAccount,
  };
}
