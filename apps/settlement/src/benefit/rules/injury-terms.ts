import type { PolicyPack } from '../../policy/policy-pack.js';
import type { BenefitFacts } from '../benefit.js';
import { termsOnDay } from './terms-on-day.js';

/** 外伤待遇 (N35): the terms for injuries where the home area's pack has any in force on the day, else those of the treatment. */
export function withInjuryTerms(pack: PolicyPack, facts: BenefitFacts): BenefitFacts {
  const injury: BenefitFacts = { ...facts, setting: 'injury' };
  return 'missing' in termsOnDay(pack, injury) ? facts : injury;
}
