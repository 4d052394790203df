import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { insuredPersonChanged, PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { carryBalance } from '../account/account.repository.js';
import { lockPersons } from './known-person.repository.js';
import { carryAccumulators, carrySeen, keepAlias, livingNumber } from './person-alias.repository.js';

/**
 * 人员编号变更 (P5.2 H83): when filing has merged two numbers of a person, what the old one has used and holds goes on under
 * the other; the old one keeps working for what is under way. Told twice, it is done once.
 */
@Injectable()
export class CarryOverNumber {
  constructor(private readonly clock: Clock) {}

  async execute(
    tx: Transaction,
    { personNo, mergedInto }: Pick<PayloadOf<typeof insuredPersonChanged>, 'personNo' | 'mergedInto'>,
  ): Promise<void> {
    if (mergedInto === undefined || mergedInto === null || mergedInto === personNo) return;
    const at = this.clock.now();
    // A settlement of either number is before the merge or after it, never in the middle.
    await lockPersons(tx, [personNo, mergedInto]);
    const livingNo = await livingNumber(tx, mergedInto);
    if (livingNo === personNo || !(await keepAlias(tx, personNo, livingNo, at))) return;
    await carryAccumulators(tx, personNo, livingNo);
    await carryBalance(tx, personNo, livingNo, at);
    await carrySeen(tx, personNo, livingNo);
  }
}
