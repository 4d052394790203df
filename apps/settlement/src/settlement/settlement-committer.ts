import { Injectable } from '@nestjs/common';
import { currentTrace, Outbox } from '#shared/bus';
import type { Trace } from '#shared/bus';
import { settlementCompleted } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { finishMessages } from '../gateway/message-log.repository.js';
import { HomeSide } from '../home/home-side.js';
import { filingsOf, qualificationsByPerson } from '../person/known-person.repository.js';
import { withdrawSettled } from '../reimbursement/case-money.repository.js';
import { OweItemLines } from '../item-lines/owe-item-lines.js';
import { papersOf } from '../visit-papers/visit-paper.repository.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { isChronic } from '../visit/rules/chronic-diseases.js';
import { isOwn, nextState } from '../visit/visit-access.js';
import type { VisitState } from '../visit/visit.js';
import { linesOfVisits, lockVisits, moveVisits } from '../visit/visit.repository.js';
import { makeBill } from './bill.js';
import type { Bill, SettleCommand } from './bill.js';
import { needingPapers } from './check-papers.js';
import { completedPayload, payersAddUp } from './settlement.js';
import type { Settlement } from './settlement.js';
import { settlementOf } from './settlement-of-bill.js';
import { insertClues } from './settlement-clue.repository.js';
import { assignLines, insertSettlements, nextSettlementIds } from './settlement.repository.js';

/** The stored answer of the message that brought a bill. */
export type AnswerOf = (settlement: Settlement) => Promise<string> | string;

interface Waiting {
  readonly command: SettleCommand;
  readonly answerOf: AnswerOf;
  /** Of the call that brought it: a batch runs in the call of its first. */
  readonly trace: Trace;
  readonly resolve: (outcome: Outcome<Settlement>) => void;
  readonly reject: (error: unknown) => void;
}

const largestBatch = 48;

/**
 * 结算提交: one committer, one transaction per batch. It takes whatever waits when it is free (often one, never by a timer);
 * two settlements of one person in a batch behave as if they came one after the other. Answers, accumulators, settlement,
 * lines and events are in the same transaction.
 */
@Injectable()
export class SettlementCommitter {
  private readonly queue: Waiting[] = [];
  private busy = false;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly homeSide: HomeSide,
    private readonly duties: FilingDuties,
    private readonly itemLines: OweItemLines,
  ) {}

  /** Settles one bill; `answerOf` makes the stored answer of the message, so that it commits with the money. */
  submit(command: SettleCommand, answerOf: AnswerOf): Promise<Outcome<Settlement>> {
    return new Promise((resolve, reject) => {
      this.queue.push({ command, answerOf, trace: currentTrace(), resolve, reject });
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    try {
      for (let batch = this.takeBatch(); batch.length > 0; batch = this.takeBatch()) await this.run(batch);
    } finally {
      this.busy = false;
    }
  }

  /** Two bills of one visit never share a batch: the second must see what the first did. */
  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const visits = new Set<string>();
    const left: Waiting[] = [];
    for (const waiting of this.queue.splice(0)) {
      const { visitId } = waiting.command;
      if (batch.length < largestBatch && !visits.has(visitId)) batch.push(waiting);
      else left.push(waiting);
      visits.add(visitId);
    }
    this.queue.push(...left);
    return batch;
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.database.transaction((tx) => this.commit(tx, batch));
      batch.forEach(({ resolve }, index) => {
        resolve(outcomes[index] ?? refuse('INTERNAL'));
      });
    } catch (error) {
      // One bill that breaks the batch must not take the others with it.
      if (batch.length > 1) for (const one of batch) await this.run([one]);
      else batch[0]?.reject(error);
    }
  }

  private async commit(tx: Transaction, batch: readonly Waiting[]): Promise<Outcome<Settlement>[]> {
    const bills = await this.makeBills(tx, batch);
    const good = bills.filter((bill): bill is Bill => !isRefusal(bill));
    const shares = await this.homeSide.settle(
      tx,
      good.map(({ request }) => request),
    );
    const settled: { settlement: Settlement; bill: Bill; waiting: Waiting; status: VisitState }[] = [];
    const outcomes: Outcome<Settlement>[] = [];
    for (const [index, bill] of bills.entries()) {
      const waiting = batch[index];
      if (isRefusal(bill) || waiting === undefined) {
        outcomes.push(isRefusal(bill) ? bill : refuse('INTERNAL'));
        continue;
      }
      const share = shares[good.indexOf(bill)] ?? refuse('INTERNAL');
      const status = nextState(bill.visit, 'settle');
      if (isRefusal(share) || isRefusal(status)) {
        outcomes.push(isRefusal(share) ? share : refuse('INTERNAL'));
        continue;
      }
      const settlement = settlementOf(waiting.command, bill, share);
      if (!payersAddUp(settlement)) throw new Error(`payers of ${settlement.settlementId} do not add up`);
      settled.push({ settlement, bill, waiting, status });
      outcomes.push(settlement);
    }
    if (settled.length > 0) await this.write(tx, settled);
    return outcomes;
  }

  private async write(
    tx: Transaction,
    settled: readonly { settlement: Settlement; bill: Bill; waiting: Waiting; status: VisitState }[],
  ): Promise<void> {
    await insertSettlements(
      tx,
      settled.map(({ settlement }) => settlement),
    );
    await assignLines(
      tx,
      settled.flatMap(({ settlement, bill }) =>
        bill.lines.map(({ visitId, lineNo }) => ({ visitId, lineNo, settlementId: settlement.settlementId })),
      ),
    );
    await withdrawSettled(
      tx,
      settled.map(({ waiting: { command } }) => ({ ...command, at: command.settledAt })),
    );
    await moveVisits(
      tx,
      settled.map(({ bill }) => bill.visit.visitId),
      settled.map(({ status }) => status),
    );
    const answers = [];
    for (const { settlement, waiting } of settled) {
      const { institution, msgid, settledAt } = waiting.command;
      const answer = await waiting.answerOf(settlement);
      answers.push({ institutionCode: institution.institutionCode, msgid, answer, visitId: null, at: settledAt });
    }
    await finishMessages(tx, answers);
    await insertClues(
      tx,
      settled.flatMap(({ settlement, bill }) => bill.clues.map((clue) => ({ ...settlement, ...clue }))),
    );
    await this.itemLines.owe(
      tx,
      settled.map(({ settlement }) => settlement),
    );
    await this.outbox.publishAll(
      tx,
      settled.map(({ settlement, bill, waiting }) => ({
        contract: settlementCompleted,
        trace: waiting.trace,
        aggregateId: settlement.visitId,
        aggregateVersion: bill.visit.version + 1,
        payload: completedPayload(settlement),
      })),
    );
  }

  private async makeBills(tx: Transaction, batch: readonly Waiting[]): Promise<Outcome<Bill>[]> {
    const visitIds = batch.map(({ command }) => command.visitId);
    const visits = new Map((await lockVisits(tx, visitIds)).map((visit) => [visit.visitId, visit]));
    const lines = await linesOfVisits(tx, visitIds);
    const papers = await papersOf(tx, needingPapers([...visits.values()], lines));
    const filings = await filingsOf(
      tx,
      [...visits.values()].map(({ personNo }) => personNo),
    );
    const chronic = [...visits.values()].filter(({ medType }) => isChronic(medType));
    const qualifications = await qualificationsByPerson(
      tx,
      chronic.map(({ personNo }) => personNo),
    );
    const ids = await nextSettlementIds(
      tx,
      batch.map(({ command }) => ({ treatmentArea: command.institution.area, settledOn: command.settledOn })),
    );
    return batch.map(({ command }, index) => {
      const { visitId, personNo, institution } = command;
      const visit = visits.get(visitId);
      if (!isOwn(visit, institution.institutionCode, personNo)) return refuse('VISIT_UNKNOWN');
      const ofVisit = lines.filter((line) => line.visitId === visitId);
      const settledBy = ofVisit.find(({ settlementId }) => settlementId !== null)?.settlementId;
      if (visit.status === 'settled' && typeof settledBy === 'string')
        return refuse('ALREADY_SETTLED', { settlementId: settledBy });
      const status = nextState(visit, 'settle');
      if (isRefusal(status)) return status;
      const ofPerson = filings.filter((filing) => filing.personNo === visit.personNo);
      const facts = {
        ...{ visit, lines: ofVisit, filings: ofPerson, papers: papers.get(visitId) },
        qualifications: qualifications.get(visit.personNo) ?? [],
      };
      return makeBill(command, command.settlementId ?? ids[index] ?? '', facts, this.duties);
    });
  }
}
