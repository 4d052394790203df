import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { samePerson } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { HomeSide } from '../home/home-side.js';
import type { ShareRequest } from '../home/home-side.js';
import { Counterparts } from '../home/remote/counterparts.js';
import { RemoteHomeSide } from '../home/remote/remote-home-side.js';
import { duplicateOf, freeLines, holdLines, markApproved } from './case-money.repository.js';
import { lockOwnCase, nextCaseState } from './case-access.js';
import { cancellationOf, grantId } from './case-number.js';
import { caseRequest } from './case-request.js';
import { figuresOf } from './compute-reimbursement.js';
import { currentBill, isSameBill } from './current-bill.js';
import type { CaseFigures, CaseLine, CaseState, ReimbursementCase } from './reimbursement-case.js';
import { linesOfCase } from './case-lines.repository.js';
import { moveCase, nextCaseSequence } from './reimbursement.repository.js';

export interface ApproveCommand {
  readonly caseNo: string;
  /** Why the same amount on the same day at the same place is another treatment. */
  readonly notDuplicate?: string | null | undefined;
}

interface Ready {
  readonly found: ReimbursementCase;
  readonly state: CaseState;
  readonly figures: CaseFigures;
  readonly lines: readonly CaseLine[];
  readonly request: ShareRequest;
}

/**
 * 报销复核 (N61): a second person grants what the first computed. Accumulators and personal account move now, in the home side's
 * book of the direct settlements, so that every later settlement sees it; what moved is given back exactly by a cancellation.
 */
@Injectable()
export class ApproveReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly homeSide: HomeSide,
    private readonly counterparts: Counterparts,
    private readonly remote: RemoteHomeSide,
  ) {}

  /** What is granted elsewhere is asked for first, and taken back there if it is not committed here in the end. */
  async execute(command: ApproveCommand, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    const ready = await this.database.transaction((tx) => this.ready(tx, command, caller));
    if (isRefusal(ready) || !('request' in ready)) return ready;
    const { request } = ready;
    if (this.counterparts.serving(request.homeArea) === undefined) return this.commit(command, ready, caller);
    const refused = await this.remote.ask(request);
    if (refused !== undefined) return refused;
    try {
      const approved = await this.commit(command, ready, caller);
      if (isRefusal(approved) || approved.grantId !== request.settlementId)
        await this.remote.forgo(request.settlementId);
      return approved;
    } catch (error) {
      await this.remote.forgo(request.settlementId);
      throw error;
    }
  }

  /** Everything but the grant: the case may be approved by this caller, and what the home side is asked. */
  private async ready(
    tx: Transaction,
    { caseNo, notDuplicate = null }: ApproveCommand,
    caller: Caller,
  ): Promise<Outcome<ReimbursementCase | Ready>> {
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
    const grant = { id: grantId(caseNo, await nextCaseSequence(tx)), at: this.clock.now() };
    return { found, state, figures, lines, request: caseRequest(found, lines, figures, grant) };
  }

  private commit(command: ApproveCommand, asked: Ready, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    const { request } = asked;
    return this.database.transaction(async (tx) => {
      const ready = await this.ready(tx, command, caller);
      if (isRefusal(ready) || !('request' in ready)) return ready;
      const { found, state, figures, lines } = ready;
      if (found.version !== asked.found.version) return refuse('REIMBURSEMENT_FIGURES_MOVED');
      const [share = refuse('INTERNAL')] = await this.homeSide.settle(tx, [request]);
      if (isRefusal(share)) return share;
      // The home side has granted already; with this refusal its entry is rolled back.
      if (!sameFigures(figuresOf(share), figures)) return refuse('REIMBURSEMENT_FIGURES_MOVED');
      const lineNos = lines.map(({ lineNo }) => lineNo);
      if (found.visitId !== null) await holdLines(tx, found, lineNos);
      await markApproved(tx, found.caseNo, request.settlementId, caller.subject, this.clock.today());
      const note = typeof command.notDuplicate === 'string' ? { note: command.notDuplicate } : {};
      return moveCase(tx, found, { event: 'approve', to: state, by: caller.subject, at: request.settledAt, ...note });
    });
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
      const { personNo, homeArea, grantId: refundOf } = found;
      if (refundOf === null) throw new Error(`${caseNo} is approved and was never granted`);
      const taken = { settlementId: cancellationOf(refundOf), refundOf, personNo, homeArea };
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
