import { Injectable } from '@nestjs/common';
import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isInsuredOn } from '#shared/filing';
import { ObligationBook } from '#shared/obligations';
import { filingDestination } from '#shared/regions';
import type { StoredPerson } from '../person/person.repository.js';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import { closedBefore, isStanding } from './filing.js';
import type { Filing, FilingCategory, FilingChannel, FilingContact, ReferralFacts } from './filing.js';
import { filingsOf, nextFilingNo } from './filing.repository.js';
import { commitmentDue } from './rules/commitment-due.js';
import { decisionDue } from './rules/decision-due.js';
import { filingValidity } from './rules/filing-validity.js';
import { isAway } from './rules/is-away.js';
import { overlap } from './rules/overlap.js';

/** What a filing is made of, whichever way it came. */
export interface NewFiling {
  readonly personNo: string;
  readonly category: FilingCategory;
  readonly destination: string;
  readonly channel: FilingChannel;
  readonly materials: readonly string[];
  readonly contact: FilingContact;
  readonly referral: ReferralFacts | null;
  readonly supplementary: boolean;
  readonly coversFrom: Day | null;
  readonly dischargedOn: Day | null;
  readonly continues: string | null;
  readonly agentId: string | null;
  /** The filing that this one is a change of (变更): it is replaced whatever the table of overlaps says. */
  readonly changeOf: Filing | null;
}

interface By {
  readonly today: Day;
  readonly actor: string;
}

/** The common end of all ways to a filing (N8 N10 N11 N13), with the person locked: entered, and in force if it is decided. */
@Injectable()
export class RegisterFiling {
  constructor(
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly obligations: ObligationBook,
  ) {}

  async execute(tx: Transaction, person: StoredPerson, wanted: NewFiling, by: By): Promise<Outcome<Filing>> {
    const { today, actor } = by;
    if (person.mergedInto !== null) return refuse('PERSON_MERGED', { into: person.mergedInto });
    if (!isInsuredOn(person.insurances, today)) return refuse('NOT_INSURED');
    if (!isAway(wanted.destination, person.homeArea))
      return refuse('DESTINATION_NOT_AWAY', { destination: wanted.destination });
    const destination = filingDestination(wanted.destination);
    const { category, channel } = wanted;
    const others = await filingsOf(tx, person.personNo);
    const waiting = others.find((one) => one.status === 'applied' && one.destination === destination);
    if (waiting !== undefined) return refuse('ALREADY_APPLIED', { filingNo: waiting.filingNo });
    const replaced = replacedBy(others, { category, destination }, wanted.changeOf);
    if (isRefusal(replaced)) return replaced;

    const rules = this.rules.of(person.homeArea);
    const dueOn = decisionDue(channel, today, rules) ?? null;
    if (dueOn === null) await this.closeReplaced(tx, replaced, by);
    const { validFrom, validTo } = filingValidity(category, today, rules);
    const decided = dueOn === null;
    const { changeOf, ...given } = wanted;
    const changedDueOn = changeOf?.commitmentDueOn ?? null;
    const filing: Filing = {
      ...given,
      filingNo: await nextFilingNo(tx, person.homeArea, today),
      homeArea: person.homeArea,
      county: person.county,
      kind: changeOf === null ? 'new' : 'change',
      replaces: changeOf?.filingNo ?? replaced[0]?.filingNo ?? null,
      destination,
      status: decided ? 'effective' : 'applied',
      appliedOn: today,
      appliedBy: actor,
      decidedOn: decided ? today : null,
      decidedBy: decided ? actor : null,
      reason: null,
      dueOn,
      validFrom: decided ? validFrom : null,
      validTo: decided ? validTo : null,
      commitmentDueOn: commitmentDue({ category, materials: wanted.materials, changedDueOn }, today, rules),
      closedOn: null,
      version: 0,
    };
    const kept = await this.book.enter(tx, filing, { on: today, actor });
    await this.openObligations(tx, kept, today);
    return kept;
  }

  /** A waiting filing takes effect: whatever it replaces by now makes room, and its validity begins with the application. */
  async approve(tx: Transaction, filing: Filing, by: By): Promise<Outcome<Filing>> {
    const others = await filingsOf(tx, filing.personNo);
    const changeOf = filing.kind === 'change' ? others.find((one) => one.filingNo === filing.replaces) : undefined;
    const replaced = replacedBy(others, filing, changeOf ?? null);
    if (isRefusal(replaced)) return replaced;
    const { validFrom, validTo } = filingValidity(filing.category, filing.appliedOn, this.rules.of(filing.homeArea));
    await this.closeReplaced(tx, replaced, by);
    return this.book.change(
      tx,
      filing,
      { event: 'approve', on: by.today, actor: by.actor },
      { decidedOn: by.today, decidedBy: by.actor, dueOn: null, validFrom, validTo },
    );
  }

  /** The commitment's reminders are due no longer. */
  async withdrawReminders(tx: Transaction, { homeArea, filingNo }: Filing): Promise<void> {
    for (const kind of reminderKinds) await this.obligations.withdraw(tx, { kind, owner: homeArea, subject: filingNo });
  }

  /** Whatever was owed for the filing is owed no longer: the decision, and the reminders. */
  async withdrawAll(tx: Transaction, filing: Filing): Promise<void> {
    await this.obligations.withdraw(tx, { kind: 'decide-filing', owner: filing.homeArea, subject: filing.filingNo });
    await this.withdrawReminders(tx, filing);
  }

  private async closeReplaced(tx: Transaction, replaced: readonly Filing[], { today, actor }: By): Promise<void> {
    for (const one of replaced) {
      const happening = { event: 'replace', on: today, actor } as const;
      const closed = await this.book.change(tx, one, happening, closedBefore(one, today, today));
      if (isRefusal(closed)) throw new Error(`${one.filingNo} stands but cannot be replaced`);
      await this.withdrawReminders(tx, one);
    }
  }

  /** Deciding in time, and reminding before a commitment's end. */
  async openObligations(tx: Transaction, filing: Filing, today: Day): Promise<void> {
    const { homeArea, filingNo, personNo, dueOn, commitmentDueOn } = filing;
    const common = {
      ...{ owner: homeArea, ownerArea: homeArea, beneficiary: personNo, subject: filingNo },
      openedOn: today,
    };
    if (dueOn !== null)
      await this.obligations.open(tx, { ...common, kind: 'decide-filing', article: 'N9', dueOn, hard: true });
    if (commitmentDueOn === null) return;
    const rules = this.rules.of(homeArea);
    for (const [kind, name] of [
      [reminderKinds[0], 'firstReminderDays'],
      [reminderKinds[1], 'secondReminderDays'],
    ] as const) {
      const remindOn = addDays(commitmentDueOn, -rules.numberOn(name, today));
      await this.obligations.open(tx, { ...common, kind, article: 'H22', dueOn: remindOn, hard: false });
    }
  }
}

/** 提醒补齐材料: 30 and 7 days before the commitment's end. */
export const reminderKinds = ['remind-commitment-first', 'remind-commitment-last'] as const;

/** The standing filings that make room for a new one, or why it cannot be (docs/filing-overlaps.md). */
function replacedBy(
  others: readonly Filing[],
  wanted: Pick<Filing, 'category' | 'destination'>,
  changeOf: Filing | null,
): Outcome<Filing[]> {
  const replaced: Filing[] = changeOf !== null && isStanding(changeOf) ? [changeOf] : [];
  for (const standing of others) {
    if (!isStanding(standing) || standing.filingNo === changeOf?.filingNo) continue;
    const { filingNo } = standing;
    const verdict = overlap(standing, wanted);
    if (verdict === 'covered') return refuse('ALREADY_FILED', { filingNo });
    if (verdict === 'extend') return refuse('EXTEND_INSTEAD', { filingNo });
    if (verdict === 'move') return refuse('MOVE_INSTEAD', { filingNo });
    if (verdict === 'replaces') replaced.push(standing);
  }
  return replaced;
}
