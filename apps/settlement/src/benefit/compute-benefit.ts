import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { CrossRule, PersonalPart, Policy, PolicyPack, Terms } from '../policy/policy-pack.js';
import { personalParts } from '../policy/policy-pack.js';
import type { Position } from '../policy/tree.js';
import { addBooks } from './accumulators.js';
import type { BenefitFacts, BenefitRefusal, BenefitSplit, FundPayment, YearBook } from './benefit.js';
import { minus, yuan } from './expression.js';
import { Figures } from './figure.js';
import { OpenClause, Reckoning } from './reckoning.js';
import { accountShare } from './rules/account-share.js';
import { basicFund } from './rules/basic-fund.js';
import type { BasicFund } from './rules/basic-fund.js';
import { yearParts } from './rules/benefit-years.js';
import type { YearPart } from './rules/benefit-years.js';
import { checkBill } from './rules/check-bill.js';
import { hospitalShare } from './rules/hospital-share.js';
import { layerPay, layersInOrder } from './rules/layer-pay.js';
import { termsOnDay } from './rules/terms-on-day.js';

/**
 * 待遇计算 (N31 H18 H20): the rules in their order, as docs/policy-packs.md section 8 writes them down. In: the person's
 * policy, one bill, what the benefit years have used. Out: who pays what and why, with total = funds + account + cash +
 * hospital; or what stands against it. Pure: no clock, no I/O.
 */
export function computeBenefit(
  policy: Policy,
  facts: BenefitFacts,
  years: YearBook,
  explain = true,
): BenefitSplit | BenefitRefusal {
  const problem = checkBill(facts, policy.basic);
  if (problem !== undefined) return problem;
  const terms = termsOnDay(policy.basic, facts);
  if ('missing' in terms)
    return { refused: terms.otherDays ? 'POLICY_NOT_IN_FORCE' : 'POLICY_MISSING', clause: terms.missing };
  const figures = new Figures(explain);
  try {
    const done: YearShare[] = [];
    let balanceFen = facts.accountBalanceFen;
    for (const part of yearParts(policy.basic, facts)) {
      const share = oneYear({ policy, terms, part, years, figures, balanceFen });
      balanceFen -= share.personalAccountFen;
      done.push(share);
    }
    return together(done, facts, figures);
  } catch (error) {
    if (error instanceof OpenClause) return { refused: 'POLICY_MISSING', clause: error.clause };
    throw error;
  }
}

interface YearShare extends BasicFund {
  readonly benefitYear: number;
  readonly funds: readonly FundPayment[];
  readonly personal: Readonly<Record<PersonalPart, Fen>>;
  readonly personalAccountFen: Fen;
  readonly hospitalFen: Fen;
  readonly bill: Reckoning;
}

interface YearTask {
  readonly policy: Policy;
  readonly terms: Terms;
  readonly part: YearPart;
  readonly years: YearBook;
  readonly figures: Figures;
  readonly balanceFen: Fen;
}

/** One benefit year of a bill, through all payers: basic fund, layers, hospital, account; the rest is cash. */
function oneYear({ policy, terms, part, years, figures, balanceFen }: YearTask): YearShare {
  const { facts, benefitYear } = part;
  const { basic } = policy;
  const bill = new Reckoning(facts, positionOf(basic, facts), years[benefitYear] ?? {}, figures);
  const { ownExpenseFen, overLimitFen, firstPayFen, inScopeFen } = facts.scope;
  Object.assign(bill.personal, { 'own-expense': ownExpenseFen, 'over-limit': overLimitFen, 'first-pay': firstPayFen });
  const cross = isUnpayable(facts) ? nothingIsPaid : crossRule(basic, bill);

  let fund: BasicFund = { paidFen: 0n, deductibleFen: 0n, ratio: null };
  const funds: FundPayment[] = [];
  if (cross.paysNothing) bill.personal['co-pay'] = inScopeFen;
  else {
    fund = basicFund(terms, cross, part.counted, bill);
    funds.push({ fundType: terms.fundType, layer: 'basic', amountFen: fund.paidFen });
    for (const { layer, pack } of layersInOrder(policy)) {
      bill.at = { ...bill.at, identity: identityIn(pack, facts) };
      const amountFen = layerPay(layer, cross, bill);
      if (amountFen > 0n) funds.push({ fundType: layer.fundType, layer: layer.layer, amountFen });
    }
    bill.at = { ...bill.at, identity: identityIn(basic, facts) };
  }
  const hospitalFen = isUnpayable(facts) ? 0n : hospitalShare(basic.hospital, bill);
  const personal = { ...bill.personal };
  const personalAccountFen = isUnpayable(facts) ? 0n : accountShare(basic.account, basic.id, balanceFen, bill);
  return { ...fund, benefitYear, funds, personal, personalAccountFen, hospitalFen, bill };
}

/** 非定点 (H20): nothing is paid at an institution outside of the network, rescue in an emergency excepted. */
const isUnpayable = ({ designated, route }: BenefitFacts): boolean => !designated && route !== 'emergency';
const nothingIsPaid: CrossRule = { paysNothing: true };

function crossRule(pack: PolicyPack, bill: Reckoning): CrossRule {
  if (pack.crossRegion === undefined) throw new OpenClause(`${pack.id} 异地就医`);
  const { rule, clause } = pack.crossRegion;
  const cross = bill.value(rule, clause, bill.at.route);
  const changes = cross.points ?? cross.factor ?? cross.firstPay ?? cross.asLevel;
  if (clause.unconfirmed !== undefined && (changes !== undefined || cross.paysNothing)) bill.rest(clause);
  if (cross.asLevel !== undefined) bill.at = { ...bill.at, level: cross.asLevel };
  return cross;
}

/** 特殊身份: the first of the pack's own list that the person has; a supplement may list others than the basic pack. */
const identityIn = ({ domains }: PolicyPack, { identities }: BenefitFacts): string =>
  domains.identities.find((identity) => identities.includes(identity)) ?? 'none';

function positionOf(pack: PolicyPack, facts: BenefitFacts): Position {
  return {
    level: facts.level,
    category: facts.category,
    tier: facts.tier ?? '',
    identity: identityIn(pack, facts),
    route: facts.route,
    where: facts.where,
    area: facts.area,
    setting: facts.setting,
    age: facts.age,
  };
}

/** The years of one bill added up; cash is what no payer took over. */
function together(shares: readonly YearShare[], facts: BenefitFacts, figures: Figures): BenefitSplit {
  const last = shares[shares.length - 1];
  if (last === undefined) throw new Error('a bill belongs to at least one benefit year');
  const total = (pick: (share: YearShare) => Fen): Fen => sum(shares.map(pick));
  const personal = Object.fromEntries(
    personalParts.map((name) => [name, total((share) => share.personal[name])]),
  ) as Record<PersonalPart, Fen>;
  const personalFen = sum(Object.values(personal));
  const personalAccountFen = total((share) => share.personalAccountFen);
  const cashFen = personalFen - personalAccountFen;
  const split: BenefitSplit = {
    benefitYear: last.benefitYear,
    yearParts: shares.length,
    deductibleFen: total((share) => share.deductibleFen),
    ratio: shares.find(({ ratio }) => ratio !== null)?.ratio ?? null,
    funds: mergeFunds(shares.flatMap(({ funds }) => funds)),
    personal,
    personalAccountFen,
    cashFen,
    hospitalFen: total((share) => share.hospitalFen),
    changes: shares.reduce<YearBook>(
      (book, { benefitYear, bill }) => addBooks(book, { [benefitYear]: bill.moved }),
      {},
    ),
    unconfirmed: [...new Set(shares.flatMap(({ bill }) => [...bill.unconfirmed]))],
    figures: figures.list,
  };
  figures.amount({ rule: 'cash', name: '个人现金支付', articles: ['A13'] }, cashFen, () =>
    minus(yuan(personalFen), yuan(personalAccountFen)),
  );
  const paidFen = sum(split.funds.map(({ amountFen }) => amountFen)) + personalAccountFen + cashFen + split.hospitalFen;
  if (paidFen !== facts.scope.totalFen) throw new Error('the payers of a bill do not add up to its total');
  return split;
}

function mergeFunds(payments: readonly FundPayment[]): FundPayment[] {
  const merged = new Map<string, FundPayment>();
  for (const one of payments) {
    const key = `${one.layer} ${one.fundType}`;
    merged.set(key, { ...one, amountFen: one.amountFen + (merged.get(key)?.amountFen ?? 0n) });
  }
  return [...merged.values()];
}
