import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import { institutionChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { provinceOf } from '#shared/regions';
import { keepAgreementChange } from './agreement-change.repository.js';
import { published } from './institution.js';
import type { AgreementEvent, AgreementState, Institution, InstitutionSite } from './institution.js';
import { saveInstitution } from './institution.repository.js';

export interface AgreementStep {
  readonly event: AgreementEvent;
  readonly from: AgreementState | null;
  readonly reason: string;
  readonly by: string;
}

/** A suspension or an end of somebody who was on the network is reported upward (H24). */
const reported: ReadonlySet<AgreementEvent> = new Set(['suspend', 'end']);

/** 机构登记簿: an institution as it is now, its agreement step by step, and what the network is told of it. */
@Injectable()
export class AgreementBook {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Saves and publishes; a step of the agreement is kept with its reason. */
  async record(
    tx: Transaction,
    institution: Institution,
    site: InstitutionSite,
    step: AgreementStep | undefined,
  ): Promise<Institution> {
    const version = await saveInstitution(tx, institution, site);
    const { institutionCode, area } = institution;
    if (step !== undefined) {
      const change = {
        ...{ institutionCode, area, version, event: step.event, from: step.from, to: institution.agreement },
        ...{ reason: step.reason, on: this.clock.today(), changedBy: step.by },
      };
      const above = provinceOf(area);
      await keepAgreementChange(tx, change, reported.has(step.event) && above !== area ? above : null);
    }
    const told = published(institution);
    const isDeclined = step?.event === 'decline';
    if (told !== undefined && !isDeclined)
      await this.outbox.publish(tx, institutionChanged, {
        aggregateId: institutionCode,
        aggregateVersion: version,
        payload: told,
      });
    return institution;
  }
}
