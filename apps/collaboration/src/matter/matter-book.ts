import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { issueChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
import type { ObligationKey } from '#shared/obligations';
import { MatterRules } from './matter-rules.js';
import type { Matter, MatterCause, MatterEvent, MatterType } from './matter.js';
import { nextMatterNo, saveMatter } from './matter.repository.js';
import { matterTransitions } from './matter.transitions.js';
import { answerDue, confirmDue } from './rules/answer-due.js';

export interface NewMatter {
  readonly type: MatterType;
  readonly cause: MatterCause;
  readonly reference: string | null;
  readonly subject: string;
  readonly details: string;
  readonly asker: string;
  readonly responsible: string;
}

type Duty = 'answer-matter' | 'confirm-matter';

/** Whose duty it is in this round of the matter. */
const obligationOf = (kind: Duty, { matterNo, round, asker, responsible }: Matter): ObligationKey => ({
  kind,
  owner: kind === 'answer-matter' ? responsible : asker,
  subject: round === 1 ? matterNo : `${matterNo}/${round}`,
});

/** 事项台账: opens and moves matters with their obligations, and tells the others. */
@Injectable()
export class MatterBook {
  constructor(
    private readonly rules: MatterRules,
    private readonly obligations: ObligationBook,
    private readonly outbox: Outbox,
  ) {}

  async open(tx: Transaction, wanted: NewMatter, on: Day, actor: string): Promise<Matter> {
    const matter: Matter = {
      matterNo: await nextMatterNo(tx, on),
      ...wanted,
      state: 'open',
      openedOn: on,
      dueOn: answerDue(wanted.type, on, this.rules.values),
      answeredOn: null,
      answer: null,
      confirmBy: null,
      closedOn: null,
      reason: null,
      round: 1,
      version: 1,
    };
    await saveMatter(tx, matter, { event: 'open', on, actor, words: null });
    await this.oblige(tx, 'answer-matter', matter, on, matter.dueOn);
    await this.tell(tx, matter);
    return matter;
  }

  /** Moves a matter, or answers undefined when the table does not allow it. */
  async move(
    tx: Transaction,
    matter: Matter,
    event: MatterEvent,
    words: string | null,
    on: Day,
    actor: string,
  ): Promise<Matter | undefined> {
    const state = matterTransitions.next(matter.state, event);
    if (state === undefined) return undefined;
    const moved: Matter = {
      ...matter,
      state,
      version: matter.version + 1,
      ...this.consequence(matter, event, words, on),
    };
    await saveMatter(tx, moved, { event, on, actor, words });
    await this.settleObligations(tx, matter, moved, event, on);
    await this.tell(tx, moved);
    return moved;
  }

  private consequence({ type, round }: Matter, event: MatterEvent, words: string | null, on: Day): Partial<Matter> {
    if (event === 'answer') return { answer: words, answeredOn: on, confirmBy: confirmDue(on, this.rules.values) };
    if (event === 'dispute') return { reason: words, dueOn: answerDue(type, on, this.rules.values), round: round + 1 };
    return { closedOn: on, ...(words === null ? {} : { reason: words }) };
  }

  /** What the round before the event owed is met or withdrawn; what the matter owes now is opened. */
  private async settleObligations(
    tx: Transaction,
    before: Matter,
    now: Matter,
    event: MatterEvent,
    on: Day,
  ): Promise<void> {
    const answering = obligationOf('answer-matter', before);
    const confirming = obligationOf('confirm-matter', before);
    if (event === 'answer') {
      await this.obligations.meet(tx, answering, on);
      if (now.confirmBy !== null) await this.oblige(tx, 'confirm-matter', now, on, now.confirmBy);
    } else if (event === 'close') {
      await this.obligations.withdraw(tx, answering);
      await this.obligations.withdraw(tx, confirming);
    } else {
      await this.obligations.meet(tx, confirming, on);
      if (event === 'dispute') await this.oblige(tx, 'answer-matter', now, on, now.dueOn);
    }
  }

  private oblige(tx: Transaction, kind: Duty, matter: Matter, openedOn: Day, dueOn: Day): Promise<void> {
    const key = obligationOf(kind, matter);
    return this.obligations.open(tx, {
      ...key,
      ownerArea: key.owner,
      beneficiary: kind === 'answer-matter' ? matter.asker : matter.responsible,
      article: 'N59',
      openedOn,
      dueOn,
      hard: kind === 'answer-matter',
    });
  }

  private tell(
    tx: Transaction,
    { matterNo, type, cause, subject, asker, responsible, state, dueOn, version }: Matter,
  ): Promise<void> {
    return this.outbox.publish(tx, issueChanged, {
      aggregateId: matterNo,
      aggregateVersion: version,
      payload: { matterNo, type, cause, subject, asker, responsible, state, dueOn },
    });
  }
}
