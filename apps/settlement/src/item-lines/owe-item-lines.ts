import { Injectable } from '@nestjs/common';
import { addDays } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { ObligationBook } from '#shared/obligations';
import { sameProvince } from '#shared/regions';
import type { DayJob } from '#shared/service';
import { MonthlyRules } from '../monthly-rules.js';
import type { Settlement } from '../settlement/settlement.js';
import { completeItemLines } from './item-line.repository.js';

type Settled = Pick<Settlement, 'setting' | 'homeArea' | 'treatmentArea' | 'settledOn'>;
const kind = 'item-lines';

/**
 * 医疗费用明细 (N39 H47): within three days of an inpatient settlement its lines are there for the other province to see. One duty for
 * all that an area settled for another on a day; it is met when the day is over and the lines of every settlement are complete.
 */
@Injectable()
export class OweItemLines implements DayJob {
  readonly name = 'item-lines';
  readonly articles = ['N39', 'H47'];
  readonly on = (): boolean => true;

  constructor(
    private readonly obligations: ObligationBook,
    private readonly rules: MonthlyRules,
  ) {}

  async owe(tx: Transaction, settled: readonly Settled[]): Promise<void> {
    const away = settled.filter(
      ({ setting, homeArea, treatmentArea }) => setting === 'inpatient' && !sameProvince(homeArea, treatmentArea),
    );
    const subjects = new Map(away.map((one) => [`${one.treatmentArea} ${subjectOf(one)}`, one]));
    for (const [, one] of [...subjects].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { treatmentArea, homeArea, settledOn } = one;
      await this.obligations.open(tx, {
        ...{ kind, owner: treatmentArea, ownerArea: treatmentArea, beneficiary: homeArea, subject: subjectOf(one) },
        ...{ article: 'N39', openedOn: settledOn, hard: true },
        dueOn: addDays(settledOn, this.rules.values.numberOn('itemLinesDays', settledOn)),
      });
    }
  }

  async run(today: Day, tx: Transaction): Promise<void> {
    for (const key of await completeItemLines(tx, kind, today))
      await this.obligations.meet(tx, { kind, ...key }, today);
  }
}

const subjectOf = ({ settledOn, homeArea }: Settled): string => `${settledOn}/${homeArea}`;
