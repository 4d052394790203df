import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { filingsOf, qualificationsOf } from '../person/known-person.repository.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { isChronic } from '../visit/rules/chronic-diseases.js';
import type { Visit } from '../visit/visit.js';
import { isOwn, nextState } from '../visit/visit-access.js';
import { linesOfVisits, readVisits } from '../visit/visit.repository.js';
import { papersOf } from '../visit-papers/visit-paper.repository.js';
import { makeBill } from './bill.js';
import type { Bill, BillFacts, SettleCommand } from './bill.js';
import { needingPapers } from './check-papers.js';

/** What makes a bill of a visit besides the command. */
export async function readBillFacts(tx: Transaction, visit: Visit): Promise<BillFacts> {
  const { visitId, personNo } = visit;
  const lines = await linesOfVisits(tx, [visitId]);
  const papers = (await papersOf(tx, needingPapers([visit], lines))).get(visitId);
  const qualifications = isChronic(visit.medType) ? await qualificationsOf(tx, personNo) : [];
  return { visit, lines, papers, qualifications, filings: await filingsOf(tx, [personNo]) };
}

/** 账单准备: the bill as it stands now, before anybody is asked and without keeping anything locked. */
@Injectable()
export class PrepareBill {
  constructor(
    private readonly database: Database,
    private readonly duties: FilingDuties,
  ) {}

  execute(command: SettleCommand, settlementId: string, event: 'try' | 'settle'): Promise<Outcome<Bill>> {
    const { visitId, personNo, institution } = command;
    return this.database.transaction(async (tx) => {
      const [visit] = await readVisits(tx, [visitId]);
      if (!isOwn(visit, institution.institutionCode, personNo)) return refuse('VISIT_UNKNOWN');
      const state = nextState(visit, event);
      if (isRefusal(state)) return state;
      return makeBill(command, settlementId, await readBillFacts(tx, visit), this.duties);
    });
  }
}
