import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { HomeSide } from '../home/home-side.js';
import { filingsOf } from '../person/known-person.repository.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { isOwn, nextState } from '../visit/visit-access.js';
import { linesOfVisits, readVisits } from '../visit/visit.repository.js';
import { makeBill } from './bill.js';
import type { SettleCommand } from './bill.js';
import { settlementOf } from './settlement-committer.js';
import type { Settlement } from './settlement.js';

/** 预结算: the same bill and the same engine as the settlement, without moving anything. */
@Injectable()
export class TrySettlement {
  constructor(
    private readonly database: Database,
    private readonly homeSide: HomeSide,
    private readonly duties: FilingDuties,
  ) {}

  execute(command: SettleCommand): Promise<Outcome<Settlement>> {
    const { visitId, personNo, institution } = command;
    return this.database.transaction(async (tx) => {
      const [visit] = await readVisits(tx, [visitId]);
      if (!isOwn(visit, institution.institutionCode, personNo)) return refuse('VISIT_UNKNOWN');
      const state = nextState(visit, 'try');
      if (isRefusal(state)) return state;
      const facts = { visit, lines: await linesOfVisits(tx, [visitId]), filings: await filingsOf(tx, [personNo]) };
      const bill = makeBill(command, '', facts, this.duties);
      if (isRefusal(bill)) return bill;
      const share = await this.homeSide.trial(tx, bill.request);
      return isRefusal(share) ? share : settlementOf(command, bill, share);
    });
  }
}
