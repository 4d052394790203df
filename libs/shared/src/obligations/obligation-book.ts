import type { Day } from '../clock/index.js';
import { obligationChanged } from '../contracts/index.js';
import type { ServiceName } from '../contracts/index.js';
import { one, rows } from '../database/index.js';
import type { Transaction } from '../database/index.js';
import type { Outbox } from '../bus/index.js';

/** 办理义务 before it is opened: who owes what to whom, on which article, until when. */
export interface NewObligation {
  readonly kind: string;
  /** An agency by its area code, or an institution by its code. */
  readonly owner: string;
  readonly ownerArea: string;
  readonly beneficiary?: string;
  /** The month, the filing, the transfer… that it is about; together with kind and owner it is the natural key. */
  readonly subject: string;
  readonly article: string;
  readonly openedOn: Day;
  readonly dueOn: Day;
  /** A fixed date of the documents (true), or one that only warns. */
  readonly hard: boolean;
}

export interface ObligationKey {
  readonly kind: string;
  readonly owner: string;
  readonly subject: string;
}

interface ObligationRow {
  readonly id: bigint;
  readonly kind: string;
  readonly owner: string;
  readonly owner_area: string;
  readonly beneficiary: string | null;
  readonly subject: string;
  readonly article: string;
  readonly opened_on: Day;
  readonly due_on: Day;
  readonly met_on: Day | null;
  readonly hard: boolean;
  readonly state: 'open' | 'met' | 'overdue' | 'withdrawn';
  readonly version: number;
}

/** 义务台账: opening twice is opening once, meeting what is met changes nothing; every change is told to the board. */
export class ObligationBook {
  constructor(
    private readonly service: ServiceName,
    private readonly outbox: Outbox,
  ) {}

  async open(tx: Transaction, wanted: NewObligation): Promise<void> {
    const opened = await one<ObligationRow>(
      tx,
      `insert into obligation (kind, owner, owner_area, beneficiary, subject, article, opened_on, due_on, hard, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open') on conflict (kind, owner, subject) do nothing returning *`,
      [
        ...[wanted.kind, wanted.owner, wanted.ownerArea, wanted.beneficiary ?? null, wanted.subject],
        ...[wanted.article, wanted.openedOn, wanted.dueOn, wanted.hard],
      ],
    );
    if (opened !== undefined) await this.tell(tx, [opened]);
  }

  /** 办结. A thing that is done late is done, and stays visible as late by its days. */
  async meet(tx: Transaction, { kind, owner, subject }: ObligationKey, on: Day): Promise<void> {
    const met = await changedRows(
      tx,
      `update obligation set state = 'met', met_on = $4, version = version + 1
       where kind = $1 and owner = $2 and subject = $3 and state in ('open', 'overdue') returning *`,
      [kind, owner, subject, on],
    );
    await this.tell(tx, met);
  }

  /** 撤回: the reason for the obligation is gone. */
  async withdraw(tx: Transaction, { kind, owner, subject }: ObligationKey): Promise<void> {
    const withdrawn = await changedRows(
      tx,
      `update obligation set state = 'withdrawn', version = version + 1
       where kind = $1 and owner = $2 and subject = $3 and state in ('open', 'overdue') returning *`,
      [kind, owner, subject],
    );
    await this.tell(tx, withdrawn);
  }

  /** 逾期: whatever was due before this day and is still open. */
  async markOverdue(tx: Transaction, today: Day): Promise<void> {
    const late = await changedRows(
      tx,
      `update obligation set state = 'overdue', version = version + 1 where state = 'open' and due_on < $1 returning *`,
      [today],
    );
    await this.tell(tx, late);
  }

  private tell(tx: Transaction, changed: readonly ObligationRow[]): Promise<void> {
    return this.outbox.publishAll(
      tx,
      changed.map((row) => {
        const obligationId = `${this.service}-${row.id}`;
        return {
          contract: obligationChanged,
          aggregateId: obligationId,
          aggregateVersion: row.version,
          payload: {
            obligationId,
            service: this.service,
            kind: row.kind,
            owner: row.owner,
            ownerArea: row.owner_area,
            beneficiary: row.beneficiary,
            subject: row.subject,
            article: row.article,
            openedOn: row.opened_on,
            dueOn: row.due_on,
            metOn: row.met_on,
            hard: row.hard,
            state: row.state,
          },
        };
      }),
    );
  }
}

/** TypeORM answers an UPDATE … RETURNING with the rows and their count; a CTE answers with the rows alone. */
const changedRows = (tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<ObligationRow[]> =>
  rows<ObligationRow>(tx, `with touched as (${sql}) select * from touched order by id`, parameters);
