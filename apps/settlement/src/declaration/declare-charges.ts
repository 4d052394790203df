import { Injectable } from '@nestjs/common';
import { Clock, firstDay, lastDay } from '#shared/clock';
import type { Month } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import type { Institution } from '../institution/institution.js';
import type { Declaration } from './declaration.js';
import {
  claimSettlements,
  insertDeclaration,
  lockDeclarant,
  nextDeclarationId,
  undeclared,
} from './declaration.repository.js';

export interface DeclareCommand {
  readonly institution: Institution;
  readonly month: Month;
  readonly setting: 'inpatient' | 'outpatient';
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly cashFen: Fen;
}

const names = {
  totalFen: '医疗费总额',
  fundFen: '基金申请额',
  accountFen: '个人账户支付',
  cashFen: '现金支付',
} as const;

/** 费用申报 (H48): the month's settlements, all reconciled, with the institution's own sums against ours. */
@Injectable()
export class DeclareCharges {
  constructor(
    private readonly clock: Clock,
    private readonly obligations: ObligationBook,
  ) {}

  async execute(tx: Transaction, command: DeclareCommand): Promise<Outcome<Declaration>> {
    const { institution, month, setting } = command;
    const { institutionCode } = institution;
    const [from, to] = [firstDay(month), lastDay(month)];
    const declaredOn = this.clock.today();
    if (declaredOn <= to) return refuse('MONTH_NOT_OVER', { month });
    await lockDeclarant(tx, institutionCode);
    const ours = await undeclared(tx, institutionCode, setting, from, to);
    if (ours.settlements === 0) return refuse('NOTHING_TO_DECLARE', { month });
    if (ours.unreconciled > 0) return refuse('NOT_RECONCILED', { month, count: ours.unreconciled });
    for (const name of Object.keys(names) as (keyof typeof names)[]) {
      if (command[name] !== ours[name]) {
        return refuse('DECLARATION_SUM_WRONG', {
          what: names[name],
          given: formatYuan(command[name]),
          sum: formatYuan(ours[name]),
        });
      }
    }
    const declaration: Declaration = {
      declarationId: await nextDeclarationId(tx, month),
      institutionCode,
      treatmentArea: institution.area,
      month,
      setting,
      state: 'declared',
      settlements: ours.settlements,
      totalFen: ours.totalFen,
      fundFen: ours.fundFen,
      accountFen: ours.accountFen,
      cashFen: ours.cashFen,
      declaredOn,
      auditedOn: null,
      finalOn: null,
    };
    await insertDeclaration(tx, declaration);
    await claimSettlements(tx, declaration.declarationId, institutionCode, setting, from, to);
    const other = await undeclared(tx, institutionCode, setting === 'inpatient' ? 'outpatient' : 'inpatient', from, to);
    if (other.settlements === 0)
      await this.obligations.meet(tx, { kind: 'declare', owner: institutionCode, subject: month }, declaredOn);
    return declaration;
  }
}
