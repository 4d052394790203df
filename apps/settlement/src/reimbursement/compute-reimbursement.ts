import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { sum } from '#shared/money';
import type { CatalogueItem } from '../catalogue/catalogue-item.js';
import { areasWithCatalogue, catalogueAreas, findItems } from '../catalogue/catalogue.repository.js';
import { HomeSide } from '../home/home-side.js';
import type { Share, ShareRequest } from '../home/home-side.js';
import { changesOf } from '../institution/agreement-change.repository.js';
import { findInstitution } from '../institution/institution.repository.js';
import { filingsOf } from '../person/known-person.repository.js';
import { byFundType } from '../settlement/settlement-of-bill.js';
import { FilingDuties } from '../visit/filing-duties.js';
import { lockOwnCase, nextCaseState } from './case-access.js';
import { caseRequest } from './case-request.js';
import { currentBill } from './current-bill.js';
import { ReimbursementRules } from './reimbursement-rules.js';
import { recountLine } from './rules/recount-line.js';
import { reimbursementRoute } from './rules/reimbursement-route.js';
import { wasDesignated } from './rules/was-designated.js';
import { settledOnOf } from './reimbursement-case.js';
import type { CaseCatalogue, CaseFigures, CaseLine, ReimbursementCase } from './reimbursement-case.js';
import { caseTransitions } from './reimbursement-case.transitions.js';
import { keepFigures, moveCase } from './reimbursement.repository.js';

export interface ComputeReimbursementCommand {
  readonly caseNo: string;
  /** What is not given is as the area's rules, or the bill, have it. */
  readonly catalogue?: CaseCatalogue | null | undefined;
  readonly useAccount?: boolean | null | undefined;
}

type Ground = Pick<CaseFigures, 'route' | 'filingNo' | 'routeArticles' | 'designated'>;

interface Prepared {
  readonly found: ReimbursementCase;
  readonly lines: readonly CaseLine[];
  readonly ground: Ground & Pick<CaseFigures, 'catalogue'>;
  readonly request: ShareRequest;
}

/** 零星报销核算 (N44 H53 H59): the figures of the engine that settles directly, on the bill as it was uploaded; nothing moves yet. */
@Injectable()
export class ComputeReimbursement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly homeSide: HomeSide,
    private readonly duties: FilingDuties,
    private readonly rules: ReimbursementRules,
  ) {}

  /** The home side may be far away: nothing is locked while it is asked. */
  async execute(command: ComputeReimbursementCommand, caller: Caller): Promise<Outcome<ReimbursementCase>> {
    const prepared = await this.database.transaction((tx) => this.prepare(tx, command, caller));
    if (isRefusal(prepared) || !('request' in prepared)) return prepared;
    const share = await this.homeSide.trial(prepared.request);
    if (isRefusal(share)) return share;
    const { found, lines, ground } = prepared;
    const figures = { ...ground, ...figuresOf(share), computedBy: caller.subject, computedOn: this.clock.today() };
    return this.database.transaction(async (tx) => {
      const kept = await lockOwnCase(tx, command.caseNo, caller);
      if (isRefusal(kept)) return kept;
      const state = nextCaseState(kept, 'compute');
      if (isRefusal(state)) return state;
      await keepFigures(tx, kept.caseNo, found, lines, figures);
      return moveCase(tx, kept, { event: 'compute', to: state, by: caller.subject, at: this.clock.now() });
    });
  }

  private async prepare(
    tx: Transaction,
    command: ComputeReimbursementCommand,
    caller: Caller,
  ): Promise<Outcome<Prepared | ReimbursementCase>> {
    const kept = await lockOwnCase(tx, command.caseNo, caller);
    if (isRefusal(kept)) return kept;
    const state = nextCaseState(kept, 'compute');
    if (isRefusal(state)) return state;
    const bill = await currentBill(tx, kept);
    if (isRefusal(bill)) return bill;
    if (bill.lines.length === 0) return this.withdraw(tx, kept);
    const found = { ...kept, dischargedOn: bill.dischargedOn, useAccount: command.useAccount ?? kept.useAccount };
    const catalogue = command.catalogue ?? this.rules.catalogueOf(found.homeArea, found.dischargedOn);
    const lines = catalogue === 'home' ? await recount(tx, found, bill.lines) : bill.lines;
    if (isRefusal(lines)) return lines;
    const ground = await this.groundOf(tx, found);
    if (isRefusal(ground)) return ground;
    const request = caseRequest(found, lines, ground, { id: found.caseNo, at: this.clock.now() });
    return { found, lines, ground: { catalogue, ...ground }, request };
  }

  /** 医院撤销了费用，或已直接结算: nothing is left to reimburse, so the case is withdrawn instead. */
  private withdraw(tx: Transaction, kept: ReimbursementCase): Promise<ReimbursementCase> {
    const to = caseTransitions.next(kept.state, 'withdraw');
    if (to === undefined) throw new Error(`a case that is computed can be withdrawn, not so ${kept.state}`);
    const note = '医院已无未结算的费用';
    return moveCase(tx, kept, { event: 'withdraw', to, by: 'settlement', at: this.clock.now(), note });
  }

  private async groundOf(tx: Transaction, found: ReimbursementCase): Promise<Outcome<Ground>> {
    const { homeArea, treatmentArea, setting, admittedOn, dischargedOn, institutionCode } = found;
    const settledOn = settledOnOf(found);
    const filingNeeded = this.duties.isNeeded(homeArea, treatmentArea, setting, admittedOn);
    const filings = await filingsOf(tx, [found.personNo]);
    const decision = reimbursementRoute({ ...found, settledOn, filingNeeded, filings, today: this.clock.today() });
    if (decision === undefined) return refuse('REIMBURSEMENT_NOT_UNTIL_PROOF');
    const institution = await findInstitution(tx, institutionCode);
    const changes = await changesOf(tx, institutionCode);
    const designated = institution !== undefined && wasDesignated(institution.agreement, changes, dischargedOn);
    return {
      route: decision.route,
      filingNo: decision.filingNo,
      routeArticles: [...decision.articles],
      designated,
    };
  }
}

/** The hospital was paid in full by the patient, so what it would have borne in a direct settlement stays with the patient. */
export const figuresOf = (share: Share) => ({
  deductibleFen: share.deductibleFen,
  ratio: share.ratio?.toFixed() ?? '0',
  funds: byFundType(share.funds),
  fundFen: sum(share.funds.map(({ amountFen }) => amountFen)),
  personalAccountFen: share.personalAccountFen,
  cashFen: share.cashFen + share.hospitalFen,
  packId: share.packId,
  explanation: share.figures,
});

/** 参保地目录: of the area, its pool or its province, at the level of the hospital (H18). */
async function recount(
  tx: Transaction,
  { homeArea, level }: ReimbursementCase,
  lines: readonly CaseLine[],
): Promise<Outcome<CaseLine[]>> {
  const catalogues = new Map<string, Map<string, CatalogueItem>>();
  for (const day of new Set(lines.map(({ occurredOn }) => occurredOn))) {
    const areas = await areasWithCatalogue(tx, catalogueAreas(homeArea), day);
    if (areas.length === 0) return refuse('HOME_CATALOGUE_MISSING');
    catalogues.set(day, await findItems(tx, homeArea, [...new Set(lines.map(({ itemCode }) => itemCode))], day));
  }
  return lines.map((line) => recountLine(line, catalogues.get(line.occurredOn)?.get(line.itemCode), level));
}
