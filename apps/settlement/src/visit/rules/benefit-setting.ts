import type { BenefitSetting } from '../../policy/policy-pack.js';
import type { Setting } from '../visit.js';

/** 医疗类别 of the national code table that policies treat in their own way; all others go by the kind of visit. */
const ofMedType: Readonly<Record<string, BenefitSetting>> = {
  '13': 'emergency',
  '14': 'chronic',
  '41': 'pharmacy',
  '51': 'maternity',
  '52': 'maternity',
};

/** 就医方式: which terms of a policy pack a visit falls under. Injuries are told apart by the home side (N35). */
export const benefitSettingOf = (setting: Setting, medType: string): BenefitSetting => ofMedType[medType] ?? setting;
