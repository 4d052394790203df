import { Injectable } from '@nestjs/common';
import { addWorkingDays, nthWorkingDay } from '#shared/calendar';
import { addDays, dayOfMonth, firstDay, lastDay, monthOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
import type { DayJob } from '#shared/service';
import { MonthlyRules } from '../monthly-rules.js';

interface Party {
  readonly home: string;
  readonly treatment: string;
  readonly institution: string;
}

/** 每月义务 (N38 H48 H49 H50): on the first of a month, what last month's settlements oblige whom to. */
@Injectable()
export class MonthlyObligations implements DayJob {
  readonly name = 'monthly-obligations';
  readonly articles = ['N38', 'H48', 'H49', 'H50'];
  readonly on = (day: Day): boolean => day.endsWith('-01');

  constructor(
    private readonly obligations: ObligationBook,
    private readonly rules: MonthlyRules,
  ) {}

  async run(today: Day, tx: Transaction): Promise<void> {
    const month = monthOf(addDays(today, -1));
    const parties = await rows<Party>(
      tx,
      `select distinct home_area as home, treatment_area as treatment, institution_code as institution
       from settlement where settled_on between $1 and $2`,
      [firstDay(month), lastDay(month)],
    );
    const { values } = this.rules;
    const thisMonth = monthOf(today);
    const declareBy = nthWorkingDay(thisMonth, values.numberOn('declareWorkingDays', today));
    const common = { subject: month, openedOn: today, hard: true };
    for (const owner of distinct(parties.map(({ home }) => home))) {
      const dueOn = dayOfMonth(thisMonth, values.numberOn('homeConfirmDay', today));
      await this.obligations.open(tx, {
        ...common,
        kind: 'home-confirms',
        owner,
        ownerArea: owner,
        article: 'N38',
        dueOn,
      });
    }
    for (const owner of distinct(parties.map(({ institution }) => institution))) {
      const ownerArea = parties.find(({ institution }) => institution === owner)?.treatment ?? '';
      await this.obligations.open(tx, {
        ...common,
        kind: 'declare',
        owner,
        ownerArea,
        beneficiary: ownerArea,
        article: 'H48',
        dueOn: declareBy,
      });
    }
    for (const owner of distinct(parties.map(({ treatment }) => treatment))) {
      const auditBy = addWorkingDays(declareBy, values.numberOn('auditWorkingDays', today));
      const payBy = dayOfMonth(thisMonth, values.numberOn('payDay', today));
      await this.obligations.open(tx, {
        ...common,
        kind: 'audit',
        owner,
        ownerArea: owner,
        article: 'H49',
        dueOn: auditBy,
      });
      await this.obligations.open(tx, {
        ...common,
        kind: 'pay',
        owner,
        ownerArea: owner,
        article: 'H50',
        dueOn: payBy,
      });
    }
  }
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
