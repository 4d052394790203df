import { Controller } from '@nestjs/common';
import { OnEvent } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { obligationChanged } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { keepObligation } from './board.repository.js';

/** 义务总览: what every service says about who owes what. */
@Controller()
export class ObligationBoardConsumer {
  @OnEvent(obligationChanged)
  obligation(event: Envelope<PayloadOf<typeof obligationChanged>>, tx: Transaction): Promise<void> {
    return keepObligation(tx, event.payload, event.aggregateVersion);
  }
}
