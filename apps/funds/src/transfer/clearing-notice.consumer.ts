import { Controller } from '@nestjs/common';
import { OnEvent } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { clearingNoticeIssued } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { OpenTransfer } from './open-transfer.js';
import { noticeTransfers } from './rules/notice-transfers.js';

/** 清算通知 → 划拨: payment notices and netting results become due; receipt notices say the same from the other side. */
@Controller()
export class ClearingNoticeConsumer {
  constructor(private readonly openTransfer: OpenTransfer) {}

  @OnEvent(clearingNoticeIssued)
  async notice(event: Envelope<PayloadOf<typeof clearingNoticeIssued>>, tx: Transaction): Promise<void> {
    for (const due of noticeTransfers(event.payload)) await this.openTransfer.execute(tx, due);
  }
}
