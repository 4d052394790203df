import { formatYuan, parseYuan, sum } from '#shared/money';
import type { Fen } from '#shared/money';
import { addBooks, negateBook } from '../../../apps/settlement/src/benefit/accumulators.js';
import { isRefused } from '../../../apps/settlement/src/benefit/benefit.js';
import type { BenefitFacts, BenefitSplit, BillPart, YearBook } from '../../../apps/settlement/src/benefit/benefit.js';
import { computeBenefit } from '../../../apps/settlement/src/benefit/compute-benefit.js';
import { nationalCeilings } from '../../../apps/settlement/src/policy/pack-ceilings.js';
import { Place } from '../../../apps/settlement/src/policy/pack-text.js';
import { isBasic, policyOn } from '../../../apps/settlement/src/policy/policy-packs.js';
import type { Policy } from '../../../apps/settlement/src/policy/policy-pack.js';
import { readPack } from '../../../apps/settlement/src/policy/read-pack.js';
import { isRefund, type ChargeBill, type Figures, type History, type HistoryBill, type Teller } from './history.js';

const ceilings = nationalCeilings();

/** Reads packs with the real reader; throws its PackFileError where one is not in order. */
export function realPolicy({ packs, library }: Pick<History, 'packs' | 'library'>): Policy {
  const texts = library.map((text, index) => Place.of(`library-${index + 1}.yaml`, text));
  const find = (id: string): Place | undefined => texts.find((place) => place.get('pack')?.scalar === id);
  const read = packs.map((text, index) => readPack(Place.of(`pack-${index + 1}.yaml`, text), ceilings, find));
  const basic = read.find(isBasic);
  if (basic === undefined) throw new Error('a history needs a basic pack');
  return { basic, supplements: read.filter((pack) => !isBasic(pack)) };
}

/** Goes through a history with the real engine, as the settlement service would. */
export class RealTeller implements Teller {
  private readonly done = new Map<string, BenefitSplit>();
  private years: YearBook = {};

  constructor(
    private readonly policy: Policy,
    private balanceFen: Fen,
  ) {}

  next(bill: HistoryBill): Figures {
    if (isRefund(bill)) {
      const original = this.done.get(bill.refundOf);
      return original === undefined ? { refused: 'nothing to take back' } : this.booked(original, -1n);
    }
    const facts = factsOf(bill, this.balanceFen);
    const split = computeBenefit(policyOn(this.policy, facts), facts, this.years, false);
    if (isRefused(split)) return { refused: split.refused };
    this.done.set(bill.id, split);
    return this.booked(split, 1n);
  }

  private booked(split: BenefitSplit, sign: 1n | -1n): Figures {
    const changes = sign === 1n ? split.changes : negateBook(split.changes);
    this.years = addBooks(this.years, changes);
    this.balanceFen -= sign * split.personalAccountFen;
    const after = amountsOf('after', this.years, 1n);
    return { ...figuresOf(split, changes, sign), ...after, balance: plain(this.balanceFen) };
  }
}

function factsOf({ person, parts, total, ...bill }: ChargeBill, accountBalanceFen: Fen): BenefitFacts {
  const split = parts.map(({ ownExpense, overLimit, firstPay, inScope, ...marks }): BillPart => {
    const [ownExpenseFen, overLimitFen, firstPayFen, inScopeFen] = [
      ...[parseYuan(ownExpense), parseYuan(overLimit), parseYuan(firstPay), parseYuan(inScope)],
    ] as [Fen, Fen, Fen, Fen];
    const totalFen = sum([ownExpenseFen, overLimitFen, firstPayFen, inScopeFen]);
    return { totalFen, ownExpenseFen, overLimitFen, firstPayFen, inScopeFen, ...marks };
  });
  const all = (pick: (part: BillPart) => Fen): Fen => sum(split.map(pick));
  return {
    ...(bill as Pick<BenefitFacts, 'setting' | 'level' | 'route' | 'where' | 'designated' | 'diseases'>),
    ...{ area: person.area, category: person.category as BenefitFacts['category'], tier: person.tier ?? null },
    ...{ identities: person.identities, age: person.age ?? null },
    ...{ admittedOn: bill.admitted, dischargedOn: bill.discharged, settledOn: bill.on },
    scope: {
      totalFen: parseYuan(total),
      ownExpenseFen: all((part) => part.ownExpenseFen),
      overLimitFen: all((part) => part.overLimitFen),
      firstPayFen: all((part) => part.firstPayFen),
      inScopeFen: all((part) => part.inScopeFen),
    },
    parts: split,
    useAccount: bill.useAccount,
    accountBalanceFen,
  };
}

/** `formatYuan` without the noughts at the end. */
const plain = (amountFen: Fen): string => formatYuan(amountFen).replace(/\.?0+$/, '');

function amountsOf(prefix: string, book: YearBook, sign: bigint): Figures {
  const names = Object.entries(book).flatMap(([year, amounts]) =>
    Object.entries(amounts)
      .filter(([, amount]) => amount !== 0n)
      .map(([name, amount]) => [
        `${prefix} ${year} ${name}`,
        name.startsWith('count.') ? String(sign * amount) : plain(sign * amount),
      ]),
  );
  return Object.fromEntries(names) as Figures;
}

function figuresOf(split: BenefitSplit, changes: YearBook, sign: bigint): Figures {
  const figures: [string, Fen][] = [
    ['deductible', split.deductibleFen],
    ['hospital', split.hospitalFen],
    ['account', split.personalAccountFen],
    ['cash', split.cashFen],
    ...Object.entries(split.personal).map(([part, amountFen]): [string, Fen] => [`part ${part}`, amountFen]),
  ];
  for (const { layer, fundType, amountFen } of split.funds)
    figures.push([`layer ${layer}`, amountFen], [`fund ${fundType}`, amountFen]);
  const added = new Map<string, Fen>();
  for (const [name, amountFen] of figures) added.set(name, (added.get(name) ?? 0n) + sign * amountFen);
  const money = [...added].filter(([, amountFen]) => amountFen !== 0n).map(([name, fen]) => [name, plain(fen)]);
  const { ratio } = split;
  return {
    ...(Object.fromEntries(money) as Figures),
    ...(ratio === null || ratio.isZero() ? {} : { ratio: ratio.toFixed() }),
    ...amountsOf('moves', changes, 1n),
    ...{ year: String(split.benefitYear), years: String(split.yearParts), rests: [...split.unconfirmed].sort().join() },
  };
}
