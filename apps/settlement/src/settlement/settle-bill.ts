import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { Counterparts } from '../home/remote/counterparts.js';
import { RemoteHomeSide } from '../home/remote/remote-home-side.js';
import type { SettleCommand } from './bill.js';
import { PrepareBill } from './prepare-bill.js';
import { SettlementCommitter } from './settlement-committer.js';
import type { AnswerOf } from './settlement-committer.js';
import type { Settlement } from './settlement.js';
import { nextSettlementIds } from './settlement.repository.js';

/**
 * 结算: a bill whose home side is here goes straight to the committer. One whose home side is elsewhere is asked for first,
 * outside of any transaction, and committed with the grant; whatever keeps it from being committed takes the grant back.
 */
@Injectable()
export class SettleBill {
  constructor(
    private readonly database: Database,
    private readonly counterparts: Counterparts,
    private readonly bills: PrepareBill,
    private readonly remote: RemoteHomeSide,
    private readonly committer: SettlementCommitter,
  ) {}

  execute(command: SettleCommand, homeArea: string, answerOf: AnswerOf): Promise<Outcome<Settlement>> {
    return this.counterparts.serving(homeArea) === undefined
      ? this.committer.submit(command, answerOf)
      : this.elsewhere(command, answerOf);
  }

  private async elsewhere(command: SettleCommand, answerOf: AnswerOf): Promise<Outcome<Settlement>> {
    const settlementId = await this.newId(command);
    const bill = await this.bills.execute(command, settlementId, 'settle');
    if (isRefusal(bill)) return bill;
    const refused = await this.remote.ask(bill.request);
    if (refused !== undefined) return refused;
    try {
      const settled = await this.committer.submit({ ...command, settlementId }, answerOf);
      if (isRefusal(settled)) await this.remote.forgo(settlementId);
      return settled;
    } catch (error) {
      await this.remote.forgo(settlementId);
      throw error;
    }
  }

  private newId({ institution, settledOn }: SettleCommand): Promise<string> {
    return this.database.transaction(async (tx) => {
      const [id = ''] = await nextSettlementIds(tx, [{ treatmentArea: institution.area, settledOn }]);
      return id;
    });
  }
}
