import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import type { YearBook } from '../benefit/benefit.js';
import { whereOf, wholeYears } from '../home/bill-facts.js';
import { supplementsOf } from '../home/supplements.js';
import { bookKey, readAccumulators } from '../home/home-book.repository.js';
import { insuranceOn } from '../person/known-person.js';
import { findPerson } from '../person/known-person.repository.js';
import { PolicyPacks } from '../policy/policy-packs.js';
import type { BenefitSetting, InstitutionLevel, PersonCategory } from '../policy/policy-pack.js';
import type { ScopeAmounts } from '../scope/scope.js';
import { compareRoutes } from './compare-routes.js';
import type { WayResult } from './compare-routes.js';

/** A person that the service knows, or somebody described. */
export interface Whom {
  readonly personNo?: string;
  readonly homeArea?: string;
  readonly category?: PersonCategory;
  readonly tier?: string;
  readonly age?: number;
}

export interface AdviseRoutesCommand extends Whom {
  readonly scheme: string;
  readonly treatmentArea: string;
  readonly setting: BenefitSetting;
  readonly level: InstitutionLevel;
  readonly diseases?: readonly string[];
  /** The bill that the person expects. */
  readonly scope: ScopeAmounts;
}

interface Person {
  readonly homeArea: string;
  readonly category: PersonCategory;
  readonly tier: string | null;
  readonly age: number | null;
  readonly identities: readonly string[];
  readonly years: YearBook;
}

export interface RouteAdvice {
  /** 参保地, whose policy and whose filing rules these are. */
  readonly homeArea: string;
  readonly results: readonly WayResult[];
}

/** 事前比较 (H19 H20): for a person, a destination and an expected bill, what each way would cost, before choosing. */
@Injectable()
export class AdviseRoutes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly packs: PolicyPacks,
  ) {}

  async execute(command: AdviseRoutesCommand, caller: Caller): Promise<Outcome<RouteAdvice>> {
    const today = this.clock.today();
    const person = await this.personOf(command, today, caller);
    if (isRefusal(person)) return person;
    const { scheme, treatmentArea, setting, level, diseases = [], scope } = command;
    const question = {
      homeArea: person.homeArea,
      scheme,
      supplements: supplementsOf(person.identities),
      admittedOn: today,
      settledOn: today,
    };
    const policy = this.packs.find(question);
    if (policy === undefined) return refuse('POLICY_MISSING', { clause: `${person.homeArea} ${scheme}` });
    const expected = {
      setting,
      level,
      route: 'none' as const,
      where: whereOf(person.homeArea, treatmentArea),
      designated: true,
      area: person.homeArea,
      category: person.category,
      tier: person.tier,
      identities: person.identities,
      age: person.age,
      diseases,
      admittedOn: today,
      dischargedOn: today,
      settledOn: today,
      scope,
      parts: [scope],
      useAccount: false,
      accountBalanceFen: 0n,
    };
    return { homeArea: person.homeArea, results: compareRoutes(policy, expected, person.years) };
  }

  private async personOf(command: AdviseRoutesCommand, today: Day, caller: Caller): Promise<Outcome<Person>> {
    const { personNo, scheme, homeArea, category } = command;
    if (personNo === undefined) {
      if (homeArea === undefined || category === undefined)
        return refuse('BAD_REQUEST', { detail: '请给出 personNo，或 homeArea 与 category' });
      return { homeArea, category, tier: command.tier ?? null, age: command.age ?? null, identities: [], years: {} };
    }
    return this.database.transaction(async (tx) => {
      const known = await findPerson(tx, personNo);
      if (known === undefined || !isWithin(caller.scope, known.homeArea))
        return refuse('NOT_FOUND', { what: '该参保人' });
      const insurance = insuranceOn(known, scheme, today);
      if (insurance === undefined) return refuse('NOT_INSURED_IN_SCHEME');
      const books = await readAccumulators(tx, [personNo]);
      return {
        homeArea: known.homeArea,
        category: insurance.category,
        tier: insurance.tier,
        age: wholeYears(known.birthDate, today),
        identities: known.specialIdentities ?? [],
        years: books.get(bookKey({ personNo, scheme })) ?? {},
      };
    });
  }
}
