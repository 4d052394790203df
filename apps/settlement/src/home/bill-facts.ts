import { yearOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Fen } from '#shared/money';
import { samePool, sameProvince } from '#shared/regions';
import type { BenefitFacts } from '../benefit/benefit.js';
import type { Insurance, KnownPerson } from '../person/known-person.js';
import type { Recognition } from '../policy/recognised-pairs.js';
import type { Where } from '../policy/policy-pack.js';
import type { ShareRequest } from './home-side.js';

/** 周岁. */
export const wholeYears = (born: Day, on: Day): number =>
  yearOf(on) - yearOf(born) - (on.slice(5) < born.slice(5) ? 1 : 0);

export const whereOf = (homeArea: string, treatmentArea: string): Where =>
  samePool(homeArea, treatmentArea) ? 'home' : sameProvince(homeArea, treatmentArea) ? 'province' : 'outside';

/** One bill as the treatment side sent it, completed by what the home side knows of the person. */
export function billFacts(
  request: ShareRequest,
  person: KnownPerson,
  insurance: Insurance,
  recognition: Recognition,
  accountBalanceFen: Fen,
): BenefitFacts {
  const { noCut } = recognition;
  return {
    setting: request.benefitSetting,
    stay: request.setting === 'inpatient',
    level: request.level,
    route: noCut ? 'none' : request.route,
    where: noCut ? 'home' : whereOf(request.homeArea, request.treatmentArea),
    designated: request.designated ?? true,
    area: request.homeArea,
    category: insurance.category,
    tier: insurance.tier,
    identities: person.specialIdentities ?? [],
    age: wholeYears(person.birthDate, request.settledOn),
    diseases: request.diseases,
    admittedOn: request.admittedOn,
    dischargedOn: request.dischargedOn,
    settledOn: request.settledOn,
    scope: request.scope,
    parts: request.parts,
    useAccount: request.useAccount,
    accountBalanceFen,
  };
}
