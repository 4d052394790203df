import { Controller } from '@nestjs/common';
import { OnEvent } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { chargesAudited, settlementCompleted, transferConfirmed } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { keepAudit, keepSettlement, keepTransfer } from './clearing-item.repository.js';

/** Settlements and audits come on topics of their own, in any order; only both together make an item ready. */
@Controller()
export class ClearingTopicsConsumer {
  @OnEvent(settlementCompleted)
  settlement(event: Envelope<PayloadOf<typeof settlementCompleted>>, tx: Transaction): Promise<void> {
    return keepSettlement(tx, event.payload);
  }

  @OnEvent(chargesAudited)
  audit(event: Envelope<PayloadOf<typeof chargesAudited>>, tx: Transaction): Promise<void> {
    return keepAudit(tx, event.payload);
  }

  @OnEvent(transferConfirmed)
  transfer(event: Envelope<PayloadOf<typeof transferConfirmed>>, tx: Transaction): Promise<void> {
    return keepTransfer(tx, event.payload);
  }
}
