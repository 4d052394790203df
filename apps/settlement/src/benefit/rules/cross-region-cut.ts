import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import type { Route, Setting } from '../benefit.js';
import type { CrossRegionTerms } from '../policy-pack.js';

export interface CutRatio {
  readonly ratio: Ratio;
  /** What was done to the ratio, for people; empty when nothing was. */
  readonly because: string;
  readonly article: string;
}

const names: Record<Route, string> = {
  'long-term': '长期居住',
  referral: '转诊',
  emergency: '急诊抢救',
  other: '其他临时外出',
  none: '无需备案',
};
const keys = { 'long-term': 'longTerm', referral: 'referral', emergency: 'emergency', other: 'other' } as const;

/** 异地就医支付比例 (H20 P2.6): lower by percentage points, or by a factor, as the home area's pack says. */
export function crossRegionCut(
  base: Ratio,
  route: Route,
  where: { setting: Setting; crossProvince: boolean },
  terms: CrossRegionTerms,
): CutRatio {
  const { article } = terms;
  if (route === 'none') return { ratio: base, because: '', article };
  if (terms.kind === 'minus-points') {
    const points = terms[keys[route]];
    const cut = base.minus(ratio(points).div(100));
    return {
      ratio: cut.isNegative() ? ratio('0') : cut,
      because: points === '0' ? '' : `${names[route]}降 ${points} 个百分点`,
      article,
    };
  }
  const inProvince = route === 'other' && !where.crossProvince && where.setting === 'inpatient';
  const factor = (inProvince ? terms.otherInProvinceInpatient : undefined) ?? terms[keys[route]];
  return {
    ratio: base.times(ratio(factor)),
    because: ratio(factor).equals(1) ? '' : `${names[route]} × ${factor}`,
    article,
  };
}
