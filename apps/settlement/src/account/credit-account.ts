import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database, one } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import type { Fen } from '#shared/money';
import { findPerson } from '../person/known-person.repository.js';
import { moveBalance } from './account.repository.js';

/** 个人账户划入: by the home agency, once per reference; the same again answers the same balance. */
@Injectable()
export class CreditAccount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(
    personNo: string,
    amountFen: Fen,
    reference: string,
    caller: Caller,
  ): Promise<Outcome<{ balance: string }>> {
    if (amountFen <= 0n) return refuse('BAD_REQUEST', { detail: '划入金额应大于零' });
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo);
      if (person === undefined || !isWithin(caller.scope, person.homeArea))
        return refuse('NOT_FOUND', { what: '该参保人' });
      await tx.query(
        'insert into account (person_no, home_area, balance_fen) values ($1, $2, 0) on conflict do nothing',
        [personNo, person.homeArea],
      );
      await tx.query('select 1 from account where person_no = $1 for update', [personNo]);
      const known = await one<{ amount_fen: Fen; balance_after_fen: Fen }>(
        tx,
        'select amount_fen, balance_after_fen from account_entry where person_no = $1 and reference = $2',
        [personNo, reference],
      );
      if (known !== undefined && known.amount_fen !== amountFen)
        return refuse('ALREADY_DONE_DIFFERENTLY', { what: '该笔划入' });
      if (known !== undefined) return { balance: formatYuan(known.balance_after_fen) };
      const balanceFen = await moveBalance(tx, {
        personNo,
        kind: 'credit',
        reference,
        amountFen,
        at: this.clock.now(),
      });
      return { balance: formatYuan(balanceFen) };
    });
  }
}
