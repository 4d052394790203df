import { Injectable } from '@nestjs/common';
import { addWorkingDays } from '#shared/calendar';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { MonthlyRules } from '../monthly-rules.js';
import { declarationStateNames, declarationTransitions } from './declaration.js';
import type { Declaration, DeclarationEvent } from './declaration.js';
import {
  decideObjection,
  lapsedPreliminaries,
  lockDeclaration,
  moveDeclaration,
  objectTo,
} from './declaration.repository.js';
import { FinaliseAudit } from './finalise-audit.js';

export interface ObjectionDecision {
  readonly settlementId: string;
  readonly lineNo: string;
  readonly keep: boolean;
  readonly reason: string;
}

/** 申诉与复审 (H49): the institution accepts or objects; the area reviews; silence after the term is acceptance. */
@Injectable()
export class AnswerAudit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly finaliseAudit: FinaliseAudit,
    private readonly rules: MonthlyRules,
  ) {}

  accept(declarationId: string, caller: Caller): Promise<Declaration> {
    return this.move(
      declarationId,
      'accept',
      (one) => one.institutionCode === caller.institution,
      () => Promise.resolve(),
    );
  }

  object(
    declarationId: string,
    given: { settlementId: string; lineNo: string; reason: string },
    caller: Caller,
  ): Promise<Declaration> {
    const isOwn = (one: Declaration): boolean => one.institutionCode === caller.institution;
    return this.move(declarationId, 'object', isOwn, async (tx, declaration) => {
      this.refuseLate(declaration);
      const found = await objectTo(tx, declarationId, given.settlementId, given.lineNo, given.reason);
      if (!found) orThrow(refuse('FINDING_LINE_UNKNOWN', { settlementId: given.settlementId, line: given.lineNo }));
    });
  }

  review(declarationId: string, decisions: readonly ObjectionDecision[], caller: Caller): Promise<Declaration> {
    return this.move(
      declarationId,
      'review',
      (one) => isWithin(caller.scope, one.treatmentArea),
      async (tx) => {
        for (const { settlementId, lineNo, keep, reason } of decisions) {
          const found = await decideObjection(tx, declarationId, settlementId, lineNo, keep, reason);
          if (!found) orThrow(refuse('FINDING_LINE_UNKNOWN', { settlementId, line: lineNo }));
        }
      },
    );
  }

  /** Preliminary results whose term for objections has passed become final. */
  async lapse(tx: Transaction, today: string): Promise<void> {
    for (const declaration of await lapsedPreliminaries(tx, today)) {
      if (declarationTransitions.allows(declaration.state, 'lapse'))
        await this.finaliseAudit.finalise(tx, declaration, today);
    }
  }

  /** 逾期申诉不再受理 (H49), whether the day's job has been there already or not. */
  private refuseLate({ auditedOn }: Declaration): void {
    if (auditedOn === null) return;
    const until = addWorkingDays(auditedOn, this.rules.values.numberOn('objectWorkingDays', auditedOn));
    if (this.clock.today() > until) orThrow(refuse('OBJECTION_TOO_LATE', { day: until }));
  }

  private move(
    declarationId: string,
    event: DeclarationEvent,
    isOwn: (declaration: Declaration) => boolean,
    work: (tx: Transaction, declaration: Declaration) => Promise<void>,
  ): Promise<Declaration> {
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const declaration = await lockDeclaration(tx, declarationId);
      if (declaration === undefined || !isOwn(declaration)) return orThrow(refuse('NOT_FOUND', { what: '该申报' }));
      const state = declarationTransitions.next(declaration.state, event);
      if (state === undefined) {
        return orThrow(
          refuse('WRONG_STATE', { what: '申报', state: declarationStateNames[declaration.state], action: '办理' }),
        );
      }
      await work(tx, declaration);
      if (state === 'final') await this.finaliseAudit.finalise(tx, declaration, today);
      else await moveDeclaration(tx, declarationId, state, {});
      return { ...declaration, state };
    });
  }
}
