import type { Setting } from '../../visit/visit.js';
import type { Institution, KindOfService } from '../institution.js';

/** 医疗类别 that have a kind of service of their own: 门诊慢特病 and 定点药店购药. */
const ofMedType: Readonly<Record<string, KindOfService>> = { '14': 'chronic', '41': 'pharmacy' };

export const serviceNames: Record<KindOfService, string> = {
  inpatient: '住院',
  outpatient: '普通门诊',
  chronic: '门诊慢特病',
  pharmacy: '购药',
};

/** 服务类别 (N15 H23): which opened service a visit falls under. */
export const kindOfService = (setting: Setting, medType: string): KindOfService => ofMedType[medType] ?? setting;

/** The service that a visit needs and the institution has not opened; undefined where it has. */
export function missingService(
  { services }: Pick<Institution, 'services'>,
  setting: Setting,
  medType: string,
): KindOfService | undefined {
  const kind = kindOfService(setting, medType);
  return services.includes(kind) ? undefined : kind;
}
