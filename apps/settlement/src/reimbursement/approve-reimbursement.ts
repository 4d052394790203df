import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { LocalHomeSide } from '../home/local-home-side.js';
import { duplicateOf, freeLines, holdLines, markApproved } from './case-money.repository.js';
import { lockOwnCase, nextCaseState } from './case-access.js';
import { cancellationOf } from './case-number.js';
import { caseRequest } from './case-request.js';
import { figuresOf } from './compute-reimbursement.js';
import { currentBill, isSameBill } from './current-bill.js';
import type { CaseFigures, ReimbursementCase } from './reimbursement-case.js';
import { linesOfCase } from './case-lines.repository.js';
import { moveCase } from './reimbursement.repository.js';

/**
 * 报销复核 (N61): a second person grants what the first computed. Accumulators and personal account move now, in the home side's
 * book of the direct settlements, so that every later settlement sees it; what moved is given back exactly by a cancellation.
 */
@Injectable()
export class ApproveReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly homeSide: LocalHomeSide,
  ) {}

  /** `notDuplicate` says why the same amount on the same day at the same place is another treatment. */
  execute(
    command: { readonly caseNo: string; readonly notDuplicate?: string | null | undefined },
    caller: Caller,
  ): Promise<Outcome<ReimbursementCase>> {
    return this.database.transaction((tx) => this.approve(tx, command, caller));
  }

  private async approve(
    tx: Transaction,
    { caseNo, notDuplicate = null }: { readonly caseNo: string; readonly notDuplicate?: string | null | undefined },
    caller: Caller,
  ): Promise<Outcome<ReimbursementCase>> {
    const found = await lockOwnCase(tx, caseNo, caller);
    if (isRefusal(found)) return found;
    if (found.state === 'approved' && found.approvedBy === caller.subject) return found;
    const state = nextCaseState(found, 'approve');
    if (isRefusal(state)) return state;
    const { figures } = found;
    if (figures === null) throw new Error(`${caseNo} is computed and has no figures`);
    const no = samePerson(figures.computedBy, caller.subject) ?? (await this.obstacle(tx, found, notDuplicate));
    if (no !== undefined) return no;

    const lines = await linesOfCase(tx, caseNo);
    const [share = refuse('INTERNAL')] = await this.homeSide.settle(tx, [
      caseRequest(found, lines, figures, this.clock),
    ]);
    if (isRefusal(share)) return share;
    // The home side has granted already; with this refusal its entry is rolled back.
    if (!sameFigures(figuresOf(share), figures)) return refuse('REIMBURSEMENT_FIGURES_MOVED');
    const lineNos = lines.map(({ lineNo }) => lineNo);
    if (found.visitId !== null) await holdLines(tx, found, lineNos);
    await markApproved(tx, caseNo, caller.subject, this.clock.today());
    const at = this.clock.now();
    const note = notDuplicate === null ? {} : { note: notDuplicate };
    return moveCase(tx, found, { event: 'approve', to: state, by: caller.subject, at, ...note });
  }

  private async obstacle(
    tx: Transaction,
    found: ReimbursementCase,
    notDuplicate: string | null,
  ): Promise<Refusal | undefined> {
    const bill = await currentBill(tx, found);
    if (isRefusal(bill)) return bill;
    const computed = { dischargedOn: found.dischargedOn, lines: await linesOfCase(tx, found.caseNo) };
    if (!isSameBill(bill, computed)) return refuse('REIMBURSEMENT_BILL_CHANGED');
    const other = notDuplicate === null ? await duplicateOf(tx, found) : undefined;
    return other === undefined ? undefined : refuse('REIMBURSEMENT_DUPLICATE', { other });
  }

  /** 撤销复核: by somebody else than who approved; every accumulator and the account are as if it had never been. */
  cancel(caseNo: string, reason: string, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    const settledAt = this.clock.now();
    return this.database.transaction(async (tx) => {
      const found = await lockOwnCase(tx, caseNo, caller);
      if (isRefusal(found)) return found;
      const state = nextCaseState(found, 'cancel');
      if (isRefusal(state)) return state;
      const no = samePerson(found.approvedBy ?? '', caller.subject);
      if (no !== undefined) return no;
      const { personNo, homeArea } = found;
      const taken = { settlementId: cancellationOf(caseNo), refundOf: caseNo, personNo, homeArea };
      await this.homeSide.refund(tx, { ...taken, settledOn: this.clock.today(), settledAt });
      await freeLines(tx, caseNo);
      return moveCase(tx, found, { event: 'cancel', to: state, by: caller.subject, at: settledAt, note: reason });
    });
  }
}

type Amounts = Pick<CaseFigures, 'deductibleFen' | 'fundFen' | 'personalAccountFen' | 'cashFen'>;

const sameFigures = (a: Amounts, b: Amounts): boolean =>
  a.deductibleFen === b.deductibleFen &&
  a.fundFen === b.fundFen &&
  a.personalAccountFen === b.personalAccountFen &&
  a.cashFen === b.cashFen;
