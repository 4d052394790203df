import { Injectable } from '@nestjs/common';
import { addMonths, Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ObligationBook } from '#shared/obligations';
import { filingDestination, samePool } from '#shared/regions';
import { isInsuredOn } from '../person/person.js';
import type { InsuredPerson } from '../person/person.js';
import { findPerson } from '../person/person.repository.js';
import { FilingBook } from './filing-book.js';
import { FilingRules } from './filing-rules.js';
import type { Filing, FilingCategory, FilingChannel } from './filing.js';
import { currentFilingTo, nextFilingNo } from './filing.repository.js';
import { decisionDue } from './rules/decision-due.js';
import { filingValidity } from './rules/filing-validity.js';
import { missingMaterials, restsOnCommitment } from './rules/missing-materials.js';

export interface FilingApplication {
  readonly personNo: string;
  readonly category: FilingCategory;
  readonly destination: string;
  readonly channel: FilingChannel;
  readonly materials: readonly string[];
  readonly supplementary: boolean;
}

/** 登记备案 (N8 N9 N10 N11): taken at the counter it is in force at once, online it waits for the home agency. */
@Injectable()
export class ApplyForFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly book: FilingBook,
    private readonly obligations: ObligationBook,
  ) {}

  async execute(application: FilingApplication, caller: Caller): Promise<Outcome<Filing>> {
    const { channel } = application;
    const isApp = caller.roles.includes('filing.channel.national-app');
    if ((channel === 'national-app') !== isApp || channel === 'one-stop')
      return refuse('CHANNEL_NOT_YOURS', { channel });
    const today = this.clock.today();
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, application.personNo, true);
      if (person === undefined || !(isApp || isWithin(caller.scope, person.homeArea)))
        return refuse('NOT_FOUND', { what: '该参保人' });
      const missing = missingMaterials(application.category, application.materials, this.rules.values, today);
      if (missing.length > 0) return refuse('MATERIAL_MISSING', { missing: missing.join('、') });
      return this.file(tx, person, application, { today, actor: caller.subject });
    });
  }

  /** The common end of all channels, with the person locked. */
  async file(
    tx: Transaction,
    person: InsuredPerson,
    application: FilingApplication,
    { today, actor }: { today: Day; actor: string },
  ): Promise<Outcome<Filing>> {
    if (!isInsuredOn(person.insurances, today)) return refuse('NOT_INSURED');
    if (samePool(application.destination, person.homeArea))
      return refuse('DESTINATION_NOT_AWAY', { destination: application.destination });
    const destination = filingDestination(application.destination);
    const current = await currentFilingTo(tx, person.personNo, destination);
    if (current !== undefined) return refuse('ALREADY_FILED', { filingNo: current.filingNo });

    const { category, channel, materials, supplementary } = application;
    const dueOn = decisionDue(channel, today, this.rules.values) ?? null;
    const validity = filingValidity(category, today, this.rules.values);
    const decided = dueOn === null;
    const commitmentMonths = this.rules.values.numberOn('commitmentMonths', today);
    const filing: Filing = {
      filingNo: await nextFilingNo(tx, person.homeArea, today),
      personNo: person.personNo,
      homeArea: person.homeArea,
      category,
      destination,
      status: decided ? 'effective' : 'applied',
      channel,
      supplementary,
      materials,
      appliedOn: today,
      appliedBy: actor,
      decidedOn: decided ? today : null,
      decidedBy: decided ? actor : null,
      reason: null,
      dueOn,
      validFrom: decided ? validity.validFrom : null,
      validTo: decided ? validity.validTo : null,
      commitmentDueOn: restsOnCommitment(materials) ? addMonths(today, commitmentMonths) : null,
    };
    await this.book.record(tx, filing, { event: 'apply', before: null, on: today, actor });
    if (dueOn !== null) {
      await this.obligations.open(tx, {
        kind: 'decide-filing',
        owner: person.homeArea,
        ownerArea: person.homeArea,
        beneficiary: person.personNo,
        subject: filing.filingNo,
        article: 'N9',
        openedOn: today,
        dueOn,
        hard: true,
      });
    }
    return filing;
  }
}
