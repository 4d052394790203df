import { Controller } from '@nestjs/common';
import { OnEvent } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { CarryOverNumber } from './carry-over-number.js';
import { keepFiling, keepPerson, keepQualification } from './known-person.repository.js';

/** What filing says about persons, their filings and qualifications: kept here, so that filing may be down (N13). */
@Controller()
export class FilingTopicsConsumer {
  constructor(private readonly carryOver: CarryOverNumber) {}

  @OnEvent(insuredPersonChanged)
  async person(event: Envelope<PayloadOf<typeof insuredPersonChanged>>, tx: Transaction): Promise<void> {
    await keepPerson(tx, event.payload, event.aggregateVersion);
    await this.carryOver.execute(tx, event.payload);
  }

  @OnEvent(filingChanged)
  filing(event: Envelope<PayloadOf<typeof filingChanged>>, tx: Transaction): Promise<void> {
    return keepFiling(tx, event.payload, event.aggregateVersion);
  }

  @OnEvent(qualificationChanged)
  qualification(event: Envelope<PayloadOf<typeof qualificationChanged>>, tx: Transaction): Promise<void> {
    return keepQualification(tx, event.payload, event.aggregateVersion);
  }
}
