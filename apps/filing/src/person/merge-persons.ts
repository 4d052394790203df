import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { isHomeAgency } from '../authority/home-agency.js';
import { FilingBook } from '../filing/filing-book.js';
import { closedBefore, isStanding } from '../filing/filing.js';
import type { Filing } from '../filing/filing.js';
import { filingsOf, nextFilingNo } from '../filing/filing.repository.js';
import { FollowInsuredStatus } from '../filing/follow-insured-status.js';
import { RegisterFiling } from '../filing/register-filing.js';
import { overlap } from '../filing/rules/overlap.js';
import { QualificationBook } from '../qualification/qualification-book.js';
import { PersonBook } from './person-book.js';
import { findPerson } from './person.repository.js';
import type { StoredPerson } from './person.repository.js';

/**
 * 人员编号合并: two numbers of one person in one area become one. The number that goes on takes over filings and qualifications,
 * granted or still asked for, with their terms; the other one stays, closed, and points to it.
 */
@Injectable()
export class MergePersons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly persons: PersonBook,
    private readonly filings: FilingBook,
    private readonly register: RegisterFiling,
    private readonly follow: FollowInsuredStatus,
    private readonly qualifications: QualificationBook,
  ) {}

  execute(personNo: string, into: string, caller: Caller): Promise<Outcome<{ personNo: string; mergedInto: string }>> {
    return this.database.transaction(async (tx) => {
      const locked = new Map<string, StoredPerson | undefined>();
      for (const no of [personNo, into].sort()) locked.set(no, await findPerson(tx, no, true));
      const from = locked.get(personNo);
      const to = locked.get(into);
      for (const person of [from, to])
        if (person === undefined || !(await isHomeAgency(tx, caller, person)))
          return refuse('NOT_FOUND', { what: '该参保人' });
      if (from === undefined || to === undefined || !isOnePerson(from, to)) return refuse('MERGE_IMPOSSIBLE');
      if (from.mergedInto === into) return { personNo, mergedInto: into };
      const merged = from.mergedInto ?? to.mergedInto;
      if (merged !== null) return refuse('PERSON_MERGED', { into: merged });
      await this.moveFilings(tx, from, to, caller.subject);
      await this.moveApplications(tx, from, to, caller.subject);
      await this.qualifications.moveAll(tx, from, to, { today: this.clock.today(), actor: caller.subject });
      await this.persons.record(tx, { ...from, mergedInto: into });
      return { personNo, mergedInto: into };
    });
  }

  /** Each standing filing closes under the old number; it goes on under the other one unless that has one as good. */
  private async moveFilings(tx: Transaction, from: StoredPerson, to: StoredPerson, actor: string): Promise<void> {
    const by = { on: this.clock.today(), actor };
    const reason = `人员编号并入 ${to.personNo}`;
    for (const filing of (await filingsOf(tx, from.personNo)).filter(isStanding)) {
      await this.close(tx, filing, { ...by, reason });
      const met = (await filingsOf(tx, to.personNo))
        .filter(isStanding)
        .map((one) => ({ one, verdict: overlap(one, filing) }))
        .filter(({ verdict }) => verdict !== 'beside');
      if (met.some(({ verdict }) => verdict !== 'replaces')) continue;
      for (const { one } of met) await this.close(tx, one, { ...by, reason });
      await this.goOn(tx, filing, to, by);
    }
    await this.follow.execute(tx, to, by.on, actor);
  }

  /** 待审核: what still waits is withdrawn under the old number and waits on under the other one, with the same last day. */
  private async moveApplications(tx: Transaction, from: StoredPerson, to: StoredPerson, actor: string): Promise<void> {
    const by = { on: this.clock.today(), actor };
    for (const filing of (await filingsOf(tx, from.personNo)).filter(({ status }) => status === 'applied')) {
      const happening = { event: 'cancel', ...by, reason: `人员编号并入 ${to.personNo}` } as const;
      const closed = await this.filings.change(tx, filing, happening, { closedOn: by.on, dueOn: null });
      if (isRefusal(closed)) throw new Error(`${filing.filingNo} waits but cannot be moved`);
      await this.register.withdrawAll(tx, filing);
      const isAsked = (await filingsOf(tx, to.personNo)).some(
        ({ status, destination }) => status === 'applied' && destination === filing.destination,
      );
      if (!isAsked) await this.goOn(tx, filing, to, by);
    }
  }

  /** The filing as it was, under the number that goes on. */
  private async goOn(tx: Transaction, filing: Filing, to: StoredPerson, by: { on: Day; actor: string }): Promise<void> {
    const filingNo = await nextFilingNo(tx, to.homeArea, by.on);
    const { personNo, county } = to;
    const isStandingOn = filing.status !== 'applied';
    const kind = isStandingOn ? 'change' : filing.kind;
    const replaces = isStandingOn ? filing.filingNo : null;
    const moved = { ...filing, filingNo, personNo, county, kind, replaces };
    await this.register.openObligations(tx, await this.filings.enter(tx, moved, by), by.on);
  }

  private async close(tx: Transaction, filing: Filing, by: { on: Day; actor: string; reason: string }): Promise<void> {
    const closed = await this.filings.change(
      tx,
      filing,
      { event: 'replace', ...by },
      closedBefore(filing, by.on, by.on),
    );
    if (isRefusal(closed)) throw new Error(`${filing.filingNo} stands but cannot be moved`);
    await this.register.withdrawReminders(tx, filing);
  }
}

const isOnePerson = (a: StoredPerson, b: StoredPerson): boolean =>
  a.personNo !== b.personNo &&
  a.homeArea === b.homeArea &&
  a.name === b.name &&
  a.sex === b.sex &&
  a.birthDate === b.birthDate;
