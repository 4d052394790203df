import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { areaName, poolOf } from '#shared/regions';
import { AgreementBook } from './agreement-book.js';
import type { AgreementStep } from './agreement-book.js';
import { AdmissionRules } from './admission-rules.js';
import { agreementNames, unknownSite } from './institution.js';
import type { Institution, InstitutionSite } from './institution.js';
import { lockInstitution } from './institution.repository.js';
import type { RegisteredInstitution } from './institution.repository.js';

/**
 * 机构登记与准入 (N15 H24 H25): only the institution's own area admits it, and once is enough for all who come. What is known
 * already is changed here in name, level and services; its agreement moves only by a step with a reason.
 */
@Injectable()
export class RegisterInstitution {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: AdmissionRules,
    private readonly book: AgreementBook,
  ) {}

  async execute(
    given: Institution,
    caller: Caller,
    givenSite?: Partial<InstitutionSite>,
  ): Promise<Outcome<Institution>> {
    const institution = ordered(given);
    return this.database.transaction(async (tx) => {
      const known = await lockInstitution(tx, institution.institutionCode);
      const site = { ...(known?.site ?? unknownSite), ...givenSite };
      const allowed = this.rules.check(institution, site, caller.agency, this.clock.today());
      if (isRefusal(allowed)) return allowed;
      const step = stepOf(institution, known, caller.subject);
      if (isRefusal(step)) return step;
      if (known !== undefined && isSame(known, institution, site)) return known.institution;
      return this.book.record(tx, institution, site, step);
    });
  }
}

/** The first registration is the application, or the admission at once; later ones leave the agreement as it is. */
function stepOf(
  { agreement, area }: Institution,
  known: RegisteredInstitution | undefined,
  by: string,
): Outcome<AgreementStep | undefined> {
  if (known === undefined) {
    if (agreement === 'applied') return { event: 'apply', from: null, reason: '申请定点', by };
    if (agreement === 'active') return { event: 'admit', from: null, reason: '准入登记', by };
    return refuse('AGREEMENT_NEEDS_REASON', { state: '未登记', wanted: agreementNames[agreement] });
  }
  const { institution: before } = known;
  if (poolOf(before.area) !== poolOf(area)) return refuse('ADMITTED_BY_ANOTHER', { area: areaName(before.area) });
  if (before.agreement === agreement) return undefined;
  return refuse('AGREEMENT_NEEDS_REASON', {
    state: agreementNames[before.agreement],
    wanted: agreementNames[agreement],
  });
}

const isSame = (known: RegisteredInstitution, institution: Institution, site: InstitutionSite): boolean =>
  JSON.stringify(known.institution) === JSON.stringify(institution) &&
  known.site.location === site.location &&
  known.site.affiliation === site.affiliation;

const ordered = ({
  institutionCode,
  name,
  level,
  area,
  services,
  agreement,
  effectiveOn,
}: Institution): Institution => ({
  institutionCode,
  name,
  level,
  area,
  services,
  agreement,
  effectiveOn,
});
