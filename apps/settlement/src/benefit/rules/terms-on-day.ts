import type { Day } from '#shared/clock';
import type { PolicyPack, Terms } from '../../policy/policy-pack.js';
import type { BenefitFacts } from '../benefit.js';

const settingNames: Record<BenefitFacts['setting'], string> = {
  inpatient: '住院',
  outpatient: '普通门诊',
  chronic: '门诊慢特病',
  emergency: '门诊急诊',
  pharmacy: '定点药店购药',
  maternity: '生育',
  injury: '外伤',
};

/** 政策版本: the day that picks the version is that of the settlement, or of the admission where the pack says so. */
export const versionDay = (pack: PolicyPack, facts: BenefitFacts): Day =>
  pack.versionBy === 'admission' ? facts.admittedOn : facts.settledOn;

/** The terms of a setting that are in force for a bill, or the name of what the pack leaves open. */
export function termsOnDay(pack: PolicyPack, facts: BenefitFacts): Terms | { missing: string; otherDays: boolean } {
  const day = versionDay(pack, facts);
  const versions = pack.terms[facts.setting] ?? [];
  const inForce = (from: Day, to: Day | undefined): boolean => from <= day && (to === undefined || day <= to);
  const found = versions.find(({ from, to }) => inForce(from, to));
  if (found !== undefined && inForce(pack.from, pack.to)) return found;
  return { missing: `${pack.id} ${settingNames[facts.setting]}待遇 ${day}`, otherDays: versions.length > 0 };
}
