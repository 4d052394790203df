import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { areaName } from '#shared/regions';
import { AdmissionRules } from './admission-rules.js';
import { AgreementBook } from './agreement-book.js';
import { lastChangeOf, receiveChange } from './agreement-change.repository.js';
import { agreementTransitions } from './agreement.transitions.js';
import { agreementEventNames, agreementNames } from './institution.js';
import type { AgreementEvent, Institution } from './institution.js';
import { lockInstitution } from './institution.repository.js';
import { signsFor } from './rules/admitting-area.js';

export interface ChangeAgreementCommand {
  readonly institutionCode: string;
  readonly event: AgreementEvent;
  readonly reason: string;
}

/**
 * 协议变更 (N15 H23 H24 H25): admit, suspend, resume, end, by the agency that the institution belongs to, at once, with its
 * reason. An admission counts everywhere: whoever tries to admit it once more is told who has.
 */
@Injectable()
export class ChangeAgreement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: AdmissionRules,
    private readonly book: AgreementBook,
  ) {}

  async execute(command: ChangeAgreementCommand, caller: Caller): Promise<Outcome<Institution>> {
    const { institutionCode, event, reason } = command;
    return this.database.transaction(async (tx) => {
      const known = await lockInstitution(tx, institutionCode);
      if (known === undefined) return refuse('NOT_FOUND', { what: '该机构' });
      const { institution, site } = known;
      if (event === 'admit' && institution.agreement === 'active' && !signsFor(caller.agency, institution.area))
        return refuse('ADMITTED_BY_ANOTHER', { area: areaName(institution.area) });
      const allowed = this.rules.check(institution, site, caller.agency, this.clock.today());
      if (isRefusal(allowed)) return allowed;
      const agreement = agreementTransitions.next(institution.agreement, event);
      if (agreement === undefined) {
        const last = await lastChangeOf(tx, institutionCode);
        if (last?.event === event && last.reason === reason && last.to === institution.agreement) return institution;
        return refuse('WRONG_STATE', {
          ...{ what: '机构协议', state: agreementNames[institution.agreement], action: agreementEventNames[event] },
        });
      }
      const changed: Institution = { ...institution, agreement, effectiveOn: this.clock.today() };
      return this.book.record(tx, changed, site, { event, from: institution.agreement, reason, by: caller.subject });
    });
  }

  /** 备案回执 (H24): the province takes note of a suspension or an end that was reported to it. */
  async receive(institutionCode: string, version: number, caller: Caller): Promise<Outcome<undefined>> {
    return this.database.transaction(async (tx) => {
      const key = { institutionCode, version, agency: caller.agency };
      const received = await receiveChange(tx, key, { subject: caller.subject, on: this.clock.today() });
      return received ? undefined : refuse('NOT_FOUND', { what: '该上报' });
    });
  }
}
