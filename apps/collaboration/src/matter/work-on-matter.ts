import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { areaName } from '#shared/regions';
import { MatterBook } from './matter-book.js';
import type { Matter, MatterType } from './matter.js';
import { lockMatter, silentMatters } from './matter.repository.js';
import { matterStateNames } from './matter.transitions.js';

/** 问题协同 (N59): one agency asks, the responsible one answers in time, the asker confirms or disputes. */
@Injectable()
export class WorkOnMatter {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: MatterBook,
  ) {}

  ask(
    given: { type: MatterType; subject: string; details: string; responsible: string },
    caller: Caller,
  ): Promise<Outcome<Matter>> {
    return this.database.transaction(async (tx) => {
      if (given.responsible === caller.agency) return refuse('MATTER_WITH_ONESELF');
      return this.book.open(
        tx,
        { ...given, cause: 'agency', reference: null, asker: caller.agency },
        this.clock.today(),
        caller.subject,
      );
    });
  }

  answer(matterNo: string, result: string, caller: Caller): Promise<Outcome<Matter>> {
    return this.onMatter(matterNo, caller, async (tx, matter) => {
      if (caller.agency !== matter.responsible)
        return refuse('NOT_THE_RESPONSIBLE', { responsible: areaName(matter.responsible) });
      return (
        (await this.book.move(tx, matter, 'answer', result, this.clock.today(), caller.subject)) ??
        notNow(matter, '答复')
      );
    });
  }

  confirm(matterNo: string, agreed: boolean, reason: string | null, caller: Caller): Promise<Outcome<Matter>> {
    return this.onMatter(matterNo, caller, async (tx, matter) => {
      if (caller.agency !== matter.asker) return refuse('NOT_THE_ASKER', { asker: areaName(matter.asker) });
      const event = agreed ? 'agree' : 'dispute';
      return (
        (await this.book.move(tx, matter, event, reason, this.clock.today(), caller.subject)) ?? notNow(matter, '确认')
      );
    });
  }

  /** Silence after the term is consent. */
  async confirmSilent(tx: Transaction, today: Day): Promise<void> {
    for (const matter of await silentMatters(tx, today))
      await this.book.move(tx, matter, 'lapse', null, today, 'system');
  }

  private onMatter(
    matterNo: string,
    caller: Caller,
    work: (tx: Transaction, matter: Matter) => Promise<Outcome<Matter>>,
  ): Promise<Outcome<Matter>> {
    return this.database.transaction(async (tx) => {
      const matter = await lockMatter(tx, matterNo);
      const isParty =
        matter !== undefined && (isWithin(caller.scope, matter.asker) || isWithin(caller.scope, matter.responsible));
      return isParty ? work(tx, matter) : refuse('NOT_FOUND', { what: '该事项' });
    });
  }
}

const notNow = ({ state }: Matter, action: string): Outcome<Matter> =>
  refuse('WRONG_STATE', { what: '事项', state: matterStateNames[state], action });
