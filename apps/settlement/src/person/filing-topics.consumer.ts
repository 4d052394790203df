import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Envelope } from '#shared/bus';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { keepFiling, keepPerson, keepQualification } from './known-person.repository.js';

/** What filing says about persons, their filings and qualifications: kept here, so that filing may be down (N13). */
@Controller()
export class FilingTopicsConsumer {
  @EventPattern(insuredPersonChanged.topic)
  person(@Payload() event: Envelope<PayloadOf<typeof insuredPersonChanged>>, @Ctx() tx: Transaction): Promise<void> {
    return keepPerson(tx, event.payload, event.aggregateVersion);
  }

  @EventPattern(filingChanged.topic)
  filing(@Payload() event: Envelope<PayloadOf<typeof filingChanged>>, @Ctx() tx: Transaction): Promise<void> {
    return keepFiling(tx, event.payload, event.aggregateVersion);
  }

  @EventPattern(qualificationChanged.topic)
  qualification(
    @Payload() event: Envelope<PayloadOf<typeof qualificationChanged>>,
    @Ctx() tx: Transaction,
  ): Promise<void> {
    return keepQualification(tx, event.payload, event.aggregateVersion);
  }
}
