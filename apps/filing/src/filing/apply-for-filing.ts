import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { isLongTerm } from '#shared/filing';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { findAgentFor } from '../agent/agent.repository.js';
import { isHomeAgency } from '../authority/home-agency.js';
import { findPerson } from '../person/person.repository.js';
import type { StoredPerson } from '../person/person.repository.js';
import { FilingRules } from './filing-rules.js';
import { noContact, withContact } from './filing.js';
import type { ContactGiven, Filing, FilingCategory, FilingChannel } from './filing.js';
import { findFiling } from './filing.repository.js';
import { RegisterFiling } from './register-filing.js';
import { channelKinds, holdsChannel, isInField } from './rules/channel-field.js';
import { missingMaterials } from './rules/missing-materials.js';

export interface FilingApplication {
  readonly personNo: string;
  /** `emergency` is asked for now and then, and needs no filing. */
  readonly category: FilingCategory | 'emergency';
  readonly destination: string;
  readonly channel: FilingChannel;
  readonly materials: readonly string[];
  readonly contact?: ContactGiven | undefined;
  readonly supplementary?: boolean | undefined;
  /** 补办: the day of the admission that it is made up for, and of a discharge that was paid privately. */
  readonly admittedOn?: Day | undefined;
  readonly dischargedOn?: Day | undefined;
  /** 同种疾病继续治疗或再次转外 (P3.2): the earlier referral. */
  readonly continues?: string | undefined;
}

/** 登记备案 (N8 N9 N10 N11): taken at the counter it is in force at once, online it waits for the home agency. */
@Injectable()
export class ApplyForFiling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
    private readonly register: RegisterFiling,
  ) {}

  execute(application: FilingApplication, caller: Caller): Promise<Outcome<Filing>> {
    return this.database.transaction((tx) => this.within(tx, application, caller));
  }

  /** The same inside a transaction that is under way: a rehearsal rolls it back, a batch goes on. */
  async within(tx: Transaction, application: FilingApplication, caller: Caller): Promise<Outcome<Filing>> {
    const { channel, category, destination, materials } = application;
    const today = this.clock.today();
    if (category === 'emergency') return refuse('EMERGENCY_NEEDS_NO_FILING');
    if (channel === 'one-stop' || !holdsChannel(channel, caller.roles))
      return refuse('CHANNEL_NOT_YOURS', { channel: channelKinds[channel].name });
    const person = await findPerson(tx, application.personNo, true);
    if (person === undefined) return refuse('NOT_FOUND', { what: '该参保人' });
    const barred = await this.barred(tx, person, { channel, category, destination, caller, today });
    if (isRefusal(barred)) return barred;
    const { agentId } = barred;
    const { continues } = application;
    const earlier = continues === undefined ? null : await findFiling(tx, continues);
    if (earlier !== null && !isContinuable(earlier, person.personNo, category))
      return refuse('NOTHING_TO_CONTINUE', { filingNo: continues ?? '' });
    const given = earlier === null ? materials : [...materials, 'referral-proof'];
    const missing = missingMaterials(category, given, this.rules.of(person.homeArea), today);
    if (missing.length > 0) return refuse('MATERIAL_MISSING', { missing: missing.join('、') });
    const times = supplementaryTimes(application, today);
    if (isRefusal(times)) return times;
    return this.register.execute(
      tx,
      person,
      {
        ...{ personNo: person.personNo, category, destination, channel, materials, agentId, ...times },
        contact: withContact(noContact, application.contact),
        referral: null,
        continues: earlier?.filingNo ?? null,
        changeOf: null,
      },
      { today, actor: caller.subject },
    );
  }

  /** Who may file for whom through what (N9 H10 H11): answers the agent where one is at work. */
  private async barred(
    tx: Transaction,
    person: StoredPerson,
    use: { channel: FilingChannel; category: FilingCategory; destination: string; caller: Caller; today: Day },
  ): Promise<Outcome<{ agentId: string | null }>> {
    const { channel, category, destination, caller, today } = use;
    const { homeArea } = person;
    const stranger = refuse('NOT_FOUND', { what: '该参保人' });
    switch (channelKinds[channel].credential) {
      case 'staff':
        return (await isHomeAgency(tx, caller, person)) ? { agentId: null } : stranger;
      case 'agent': {
        const agent = await findAgentFor(tx, caller.subject, person.personNo);
        if (agent === undefined) return refuse('AGENT_NOT_FOR_PERSON', { personNo: person.personNo });
        return isLongTerm(category) ? { agentId: agent.agentId } : refuse('AGENT_LONG_TERM_ONLY');
      }
      default:
        if (!isWithin(caller.scope, homeArea)) return stranger;
        if (!isInField({ channel, roles: caller.roles, homeArea, destination }))
          return refuse('CHANNEL_CROSS_PROVINCE_ONLY', { channel: channelKinds[channel].name });
        if (channel === 'self-service' && this.rules.of(homeArea).on('selfServiceImmediate', today).value !== true)
          return refuse('SELF_SERVICE_OFF');
        return { agentId: null };
    }
  }
}

/** A referral that was in force may be gone on from, in the same place or another. */
const isContinuable = (earlier: Filing | undefined, personNo: string, category: FilingCategory): earlier is Filing =>
  earlier?.personNo === personNo &&
  earlier.category === 'referral' &&
  category === 'referral' &&
  earlier.validFrom !== null;

/** 补办 (P2.4 H17): before the discharge it makes direct settlement possible, after it the reimbursement. */
function supplementaryTimes(
  { supplementary = false, admittedOn, dischargedOn }: FilingApplication,
  today: Day,
): Pick<Filing, 'supplementary' | 'coversFrom' | 'dischargedOn'> | Refusal {
  const given = [admittedOn, dischargedOn].filter((day) => day !== undefined);
  if (given.some((day) => day > today) || (admittedOn ?? '') > (dischargedOn ?? today))
    return refuse('SUPPLEMENT_DAYS_IMPOSSIBLE');
  if (!supplementary && given.length > 0) return refuse('SUPPLEMENT_DAYS_IMPOSSIBLE');
  return { supplementary, coversFrom: admittedOn ?? null, dischargedOn: dischargedOn ?? null };
}
