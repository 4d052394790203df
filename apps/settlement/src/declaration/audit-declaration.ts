import { Injectable } from '@nestjs/common';
import { addWorkingDays } from '#shared/calendar';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, orThrow, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { MonthlyRules } from '../monthly-rules.js';
import { FinaliseAudit } from './finalise-audit.js';
import { declarationStateNames, declarationTransitions } from './declaration.js';
import type { Declaration } from './declaration.js';
import {
  hasLine,
  insertFinding,
  listDeclarations,
  lockDeclaration,
  moveDeclaration,
  payersOf,
} from './declaration.repository.js';
import { refundedOf } from './refunded-charges.repository.js';

export interface GivenFinding {
  readonly settlementId: string;
  readonly lineNo: string;
  readonly amountFen: Fen;
  readonly reasonCode: string;
  readonly reason: string;
}

/** 费用审核 (H49): the treatment area deducts line by line with its reason; the institution may object for five working days. */
@Injectable()
export class AuditDeclaration {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
    private readonly rules: MonthlyRules,
    private readonly finaliseAudit: FinaliseAudit,
  ) {}

  execute(declarationId: string, findings: readonly GivenFinding[], caller: Caller): Promise<Declaration> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const declaration = await lockDeclaration(tx, declarationId);
      if (declaration === undefined || !isWithin(caller.scope, declaration.treatmentArea))
        return orThrow(refuse('NOT_FOUND', { what: '该申报' }));
      const event = findings.length === 0 ? 'pass' : 'deduct';
      const state = declarationTransitions.next(declaration.state, event);
      if (state === undefined) {
        return orThrow(
          refuse('WRONG_STATE', { what: '申报', state: declarationStateNames[declaration.state], action: '审核' }),
        );
      }
      if (event === 'pass') {
        await moveDeclaration(tx, declarationId, state, { auditedOn: today });
        await this.finaliseAudit.finalise(tx, { ...declaration, state }, today);
        await this.meetWhenAllAudited(tx, declaration, today);
        return { ...declaration, state };
      }
      const problem = await this.record(tx, declaration, findings);
      if (isRefusal(problem)) return orThrow(problem);
      await moveDeclaration(tx, declarationId, state, { auditedOn: today });
      await this.meetWhenAllAudited(tx, declaration, today);
      await this.obligations.open(tx, {
        kind: 'object',
        owner: declaration.institutionCode,
        ownerArea: declaration.treatmentArea,
        beneficiary: declaration.treatmentArea,
        subject: `${declaration.month}/${declarationId}`,
        article: 'H49',
        openedOn: today,
        dueOn: addWorkingDays(today, this.rules.values.numberOn('objectWorkingDays', today)),
        hard: true,
      });
      return { ...declaration, state };
    });
  }

  /** The preliminary result is what is due in five working days; objections and their review come after it. */
  private async meetWhenAllAudited(tx: Transaction, { treatmentArea, month }: Declaration, today: Day): Promise<void> {
    const ofArea = (await listDeclarations(tx, month)).filter((one) => one.treatmentArea === treatmentArea);
    if (ofArea.some(({ state }) => state === 'declared')) return;
    await this.obligations.meet(tx, { kind: 'audit', owner: treatmentArea, subject: month }, today);
  }

  private async record(
    tx: Transaction,
    { declarationId }: Declaration,
    findings: readonly GivenFinding[],
  ): Promise<Outcome<undefined>> {
    const payers = await payersOf(tx, declarationId);
    const refunded = await refundedOf(tx, declarationId);
    const names = findings.map(({ settlementId, lineNo, reasonCode }) => `${settlementId}/${lineNo}/${reasonCode}`);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) return refuse('BAD_REQUEST', { detail: `同一明细以同一原因扣减两次（${twice}）` });
    for (const finding of findings) {
      const { settlementId, lineNo } = finding;
      if (!(await hasLine(tx, declarationId, settlementId, lineNo)))
        return refuse('FINDING_LINE_UNKNOWN', { settlementId, line: lineNo });
      const limit = sum(
        payers
          .filter((payer) => payer.settlementId === settlementId && !refunded.has(settlementId))
          .map(({ amountFen }) => amountFen),
      );
      const wanted = sum(findings.filter((one) => one.settlementId === settlementId).map(({ amountFen }) => amountFen));
      if (finding.amountFen <= 0n || wanted > limit)
        return refuse('FINDING_TOO_LARGE', { amount: formatYuan(wanted), limit: formatYuan(limit) });
      await insertFinding(tx, declarationId, finding);
    }
    return undefined;
  }
}
