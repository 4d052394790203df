import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { issueChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
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
      version: 1,
    };
    await saveMatter(tx, matter, { event: 'open', on, actor, words: null });
    await this.oblige(tx, 'answer-matter', matter, matter.responsible, on, matter.dueOn);
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
    await this.settleObligations(tx, moved, event, on);
    await this.tell(tx, moved);
    return moved;
  }

  private consequence({ type }: Matter, event: MatterEvent, words: string | null, on: Day): Partial<Matter> {
    if (event === 'answer') return { answer: words, answeredOn: on, confirmBy: confirmDue(on, this.rules.values) };
    if (event === 'dispute') return { reason: words, dueOn: answerDue(type, on, this.rules.values) };
    return { closedOn: on, ...(words === null ? {} : { reason: words }) };
  }

  private async settleObligations(tx: Transaction, matter: Matter, event: MatterEvent, on: Day): Promise<void> {
    const { matterNo, asker, responsible, confirmBy, dueOn, version } = matter;
    const answering = { kind: 'answer-matter', owner: responsible, subject: matterNo };
    const confirming = { kind: 'confirm-matter', owner: asker, subject: matterNo };
    if (event === 'answer') {
      await this.obligations.meet(tx, answering, on);
      if (confirmBy !== null) await this.oblige(tx, 'confirm-matter', matter, asker, on, confirmBy);
    } else if (event === 'close') {
      await this.obligations.withdraw(tx, answering);
      await this.obligations.withdraw(tx, confirming);
    } else {
      await this.obligations.meet(tx, confirming, on);
      if (event === 'dispute')
        await this.oblige(
          tx,
          'answer-matter',
          { ...matter, matterNo: `${matterNo}/${version}` },
          responsible,
          on,
          dueOn,
        );
    }
  }

  private oblige(
    tx: Transaction,
    kind: string,
    matter: Matter,
    owner: string,
    openedOn: Day,
    dueOn: Day,
  ): Promise<void> {
    const beneficiary = owner === matter.asker ? matter.responsible : matter.asker;
    return this.obligations.open(tx, {
      kind,
      owner,
      ownerArea: owner,
      beneficiary,
      subject: matter.matterNo,
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
