import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { lockBalances, moveBalance, readBalances } from '../account/account.repository.js';
import { addBooks, negateBook } from '../benefit/accumulators.js';
import { isRefused } from '../benefit/benefit.js';
import type { BenefitFacts, BenefitSplit, YearBook } from '../benefit/benefit.js';
import { computeBenefit } from '../benefit/compute-benefit.js';
import { insuranceOn } from '../person/known-person.js';
import type { KnownPerson, KnownQualification } from '../person/known-person.js';
import { findPerson, lockPersons, qualificationsByPerson } from '../person/known-person.repository.js';
import { livingNumber } from '../person/person-alias.repository.js';
import { AcceptedClauses } from '../policy/accepted-clauses.js';
import { PolicyPacks } from '../policy/policy-packs.js';
import { RecognisedPairs } from '../policy/recognised-pairs.js';
import { lacksLineDays } from '../benefit/rules/benefit-years.js';
import { withInjuryTerms } from '../benefit/rules/injury-terms.js';
import { billFacts } from './bill-facts.js';
import { policyDiseases } from './policy-diseases.js';
import { supplementsOf } from './supplements.js';
import {
  bookKey,
  findHomeSettlement,
  insertHomeSettlements,
  moveAccumulators,
  readAccumulators,
} from './home-book.repository.js';
import type { HomeSettlement } from './home-book.repository.js';
import { HomeSide } from './home-side.js';
import type { RefundRequest, Share, ShareRequest } from './home-side.js';

/** What the home side holds about the persons of a batch, moved along in memory from bill to bill. */
interface HomeState {
  readonly persons: ReadonlyMap<string, KnownPerson>;
  readonly balances: Map<string, Fen>;
  readonly years: Map<string, YearBook>;
  readonly qualifications: ReadonlyMap<string, readonly KnownQualification[]>;
}

/** The answer with what only the home side keeps of it: the facts as it saw them, and what moved. */
interface Granted extends BenefitSplit, Share {
  readonly facts: BenefitFacts;
}

/** 本地参保地侧: this deployment holds the home area's policy pack, accumulators and accounts. */
@Injectable()
export class LocalHomeSide extends HomeSide {
  constructor(
    private readonly database: Database,
    private readonly packs: PolicyPacks,
    private readonly pairs: RecognisedPairs,
    private readonly accepted: AcceptedClauses,
  ) {
    super();
  }

  override trial(given: ShareRequest): Promise<Outcome<Share>> {
    return this.database.transaction(async (tx) => {
      const request = { ...given, personNo: await livingNumber(tx, given.personNo) };
      const person = await findPerson(tx, request.personNo);
      const persons = new Map(person === undefined ? [] : [[person.personNo, person]]);
      const balances = await readBalances(tx, [request.personNo]);
      const years = await readAccumulators(tx, [request.personNo]);
      return this.share(request, { persons, balances, years, qualifications: await recognised(tx, [request]) });
    });
  }

  override async settle(tx: Transaction, given: readonly ShareRequest[]): Promise<Outcome<Share>[]> {
    const numbers = [...new Set(given.map(({ personNo }) => personNo))].sort();
    const persons = new Map((await lockPersons(tx, numbers)).map((person) => [person.personNo, person]));
    const requests = given.map((one) => ({ ...one, personNo: livingIn(persons, one.personNo) }));
    const personNos = [...new Set(requests.map(({ personNo }) => personNo))].sort();
    const state: HomeState = {
      persons,
      balances: await lockBalances(tx, personNos),
      years: await readAccumulators(tx, personNos),
      qualifications: await recognised(tx, requests),
    };
    const shares: Outcome<Share>[] = [];
    const granted: HomeSettlement[] = [];
    for (const request of requests) {
      const share = this.share(request, state);
      shares.push(share);
      if (isRefusal(share)) continue;
      const entry = bookEntry(request, share);
      granted.push(entry);
      state.years.set(bookKey(entry), addBooks(state.years.get(bookKey(entry)) ?? {}, share.changes));
      await this.charge(tx, request, share, state);
    }
    if (granted.length > 0) {
      await moveAccumulators(tx, granted);
      await insertHomeSettlements(tx, granted);
    }
    return shares;
  }

  override async refund(tx: Transaction, request: RefundRequest): Promise<Fen> {
    await lockPersons(tx, [request.personNo]);
    const original = await findHomeSettlement(tx, request.refundOf);
    if (original === undefined) throw new Error('the home side never granted this settlement');
    const personNo = await livingNumber(tx, original.personNo);
    const reversed: HomeSettlement = {
      ...original,
      personNo,
      settlementId: request.settlementId,
      refundOf: request.refundOf,
      settledOn: request.settledOn,
      totalFen: -original.totalFen,
      fundFen: -original.fundFen,
      personalAccountFen: -original.personalAccountFen,
      changes: negateBook(original.changes),
      facts: null,
    };
    await moveAccumulators(tx, [reversed]);
    await insertHomeSettlements(tx, [reversed]);
    if (original.personalAccountFen !== 0n) {
      return moveBalance(tx, {
        personNo,
        kind: 'refund',
        reference: request.settlementId,
        amountFen: original.personalAccountFen,
        at: request.settledAt,
      });
    }
    return (await readBalances(tx, [personNo])).get(personNo) ?? 0n;
  }

  private share(request: ShareRequest, state: HomeState): Outcome<Granted> {
    const { personNo, scheme, settledOn, homeArea } = request;
    const person = state.persons.get(personNo);
    const insurance = person === undefined ? undefined : insuranceOn(person, scheme, settledOn);
    if (person === undefined || insurance === undefined) return refuse('NOT_INSURED_IN_SCHEME');
    const supplements = supplementsOf(person.specialIdentities ?? []);
    const policy = this.packs.find({ ...request, supplements });
    if (policy === undefined) return refuse('POLICY_MISSING', { clause: `${homeArea} ${scheme}` });
    const accountBalanceFen = state.balances.get(personNo) ?? 0n;
    const recognition = this.pairs.between(homeArea, request.treatmentArea, settledOn);
    const { diseases: known } = policy.basic.domains;
    const diseases = policyDiseases(request.diseases, known, state.qualifications.get(personNo) ?? []);
    const stated = billFacts({ ...request, diseases }, person, insurance, recognition, accountBalanceFen);
    const facts = request.injury ? withInjuryTerms(policy.basic, stated) : stated;
    if (lacksLineDays(policy.basic, facts))
      return refuse('POLICY_MISSING', { clause: `${policy.basic.id} 跨年住院按费用发生日分年，报文只有费用大类` });
    const split = computeBenefit(policy, facts, state.years.get(bookKey(request)) ?? {});
    if (isRefused(split)) return refuse(split.refused, { clause: split.clause });
    const doubtful = this.accepted.firstNotAccepted(split.unconfirmed);
    if (doubtful !== undefined) return refuse('POLICY_UNCONFIRMED', { clause: doubtful });
    const accountBalanceAfterFen = accountBalanceFen - split.personalAccountFen;
    return { ...split, facts, packId: policy.basic.id, accountBalanceAfterFen };
  }

  private async charge(tx: Transaction, request: ShareRequest, share: Share, state: HomeState): Promise<void> {
    const { personNo, settlementId, settledAt } = request;
    if (share.personalAccountFen === 0n) return;
    const move = {
      personNo,
      kind: 'charge',
      reference: settlementId,
      amountFen: -share.personalAccountFen,
      at: settledAt,
    } as const;
    state.balances.set(personNo, await moveBalance(tx, move));
  }
}

/** 延续编号: a number that was merged leads to the one that goes on; both are locked. */
function livingIn(persons: ReadonlyMap<string, KnownPerson>, personNo: string): string {
  const { mergedInto } = persons.get(personNo) ?? {};
  if (typeof mergedInto !== 'string' || mergedInto === personNo || !persons.has(mergedInto)) return personNo;
  return livingIn(persons, mergedInto);
}

/** 慢特病资格 of those whose bills name diseases. */
const recognised = (tx: Transaction, requests: readonly ShareRequest[]) =>
  qualificationsByPerson(
    tx,
    requests.flatMap(({ personNo, diseases }) => (diseases.length > 0 ? [personNo] : [])),
  );

const bookEntry = (request: ShareRequest, share: Granted): HomeSettlement => ({
  settlementId: request.settlementId,
  refundOf: null,
  visitId: request.visitId,
  personNo: request.personNo,
  scheme: request.scheme,
  homeArea: request.homeArea,
  treatmentArea: request.treatmentArea,
  institutionCode: request.institutionCode,
  setting: request.setting,
  settledOn: request.settledOn,
  benefitYear: share.benefitYear,
  totalFen: request.scope.totalFen,
  fundFen: sum(share.funds.map(({ amountFen }) => amountFen)),
  personalAccountFen: share.personalAccountFen,
  changes: share.changes,
  facts: share.facts,
});
