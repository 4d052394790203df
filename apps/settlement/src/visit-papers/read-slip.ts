import { Injectable } from '@nestjs/common';
import type { Transaction } from '#shared/database';
import type { Caller } from '#shared/identity';
import { findSettlement } from '../settlement/settlement.repository.js';
import { readVisits } from '../visit/visit.repository.js';
import { maySee, paperFacts } from './paper-facts.js';
import { settlementSlip } from './settlement-slip.js';
import type { SettlementSlip } from './settlement-slip.js';

/** 结算单 of a settlement or a refund, for whoever may see it; undefined for everybody else. */
@Injectable()
export class ReadSlip {
  async execute(
    tx: Transaction,
    settlementId: string,
    caller: Pick<Caller, 'institution' | 'scope'>,
  ): Promise<SettlementSlip | undefined> {
    const found = await findSettlement(tx, settlementId);
    if (found === undefined || !maySee(caller, found)) return undefined;
    const [visit] = await readVisits(tx, [found.visitId]);
    return visit === undefined ? undefined : settlementSlip(found, await paperFacts(tx, visit));
  }
}
