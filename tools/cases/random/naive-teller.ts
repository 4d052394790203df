import { parse } from 'yaml';
import { number, zero, type Yuan } from '../naive/money.js';
import type { Answer, Bill, Fields, Person, Refused } from '../naive/model.js';
import { refund } from '../naive/refund.js';
import { settle } from '../naive/settle.js';
import { isRefund, type ChargeBill, type Figures, type History, type HistoryBill, type Teller } from './history.js';

const isRefused = (value: Answer | Refused): value is Refused => 'refused' in value;

/** Packs by their text: a history is told more than once, and several histories share their packs. */
const read = new Map<string, Fields>();

export function plainPack(text: string): Fields {
  let pack = read.get(text);
  if (pack === undefined) {
    if (read.size > 100) read.clear();
    pack = parse(text, { schema: 'failsafe' }) as Fields;
    read.set(text, pack);
  }
  return pack;
}

/** Goes through a history with the naive engine. */
export class NaiveTeller implements Teller {
  private readonly packs: readonly Fields[];
  private readonly library: readonly Fields[];
  private readonly done = new Map<string, Answer>();
  private balance: Yuan;
  readonly used: Record<number, Record<string, Yuan>> = {};

  constructor(history: Pick<History, 'packs' | 'library' | 'account'>) {
    this.packs = history.packs.map(plainPack);
    this.library = history.library.map(plainPack);
    this.balance = number(history.account);
  }

  next(bill: HistoryBill): Figures {
    const answer = this.answer(bill);
    if (answer === undefined) return { refused: 'nothing to take back' };
    if (isRefused(answer)) return { refused: answer.refused };
    this.done.set(bill.id, answer);
    this.balance = this.balance.minus(answer.account);
    for (const [year, moves] of Object.entries(answer.moves)) {
      const names = (this.used[Number(year)] ??= {});
      for (const [name, by] of Object.entries(moves)) names[name] = (names[name] ?? zero).plus(by);
    }
    return { ...figuresOf(answer), ...this.afterwards() };
  }

  private answer(bill: HistoryBill): Answer | Refused | undefined {
    const { packs, library, used } = this;
    if (!isRefund(bill)) {
      return settle({ packs, library, person: personOf(bill, this.balance), bill: billOf(bill), used });
    }
    const original = this.done.get(bill.refundOf);
    return original === undefined ? undefined : refund(original);
  }

  private afterwards(): Figures {
    const names = Object.entries(this.used).flatMap(([year, amounts]) =>
      Object.entries(amounts).map(([name, amount]) => [`after ${year} ${name}`, amount.toFixed()] as const),
    );
    return Object.fromEntries([...names.filter(([, amount]) => amount !== '0'), ['balance', this.balance.toFixed()]]);
  }
}

function personOf({ person }: ChargeBill, account: Yuan): Person {
  return { ...person, account };
}

function billOf(bill: ChargeBill): Bill {
  const parts = bill.parts.map(({ ownExpense, overLimit, firstPay, inScope, ...marks }) => ({
    ...{ ownExpense: number(ownExpense), overLimit: number(overLimit), firstPay: number(firstPay) },
    ...{ inScope: number(inScope), ...marks },
  }));
  return { ...bill, total: number(bill.total), parts };
}

/** Only what is not 0, so that it does not matter whether an engine names what is 0. */
function figuresOf(answer: Answer): Figures {
  const { years, deductible, ratio, hospital, account, cash } = answer;
  const named = (prefix: string, amounts: Readonly<Record<string, Yuan>>): [string, Yuan][] =>
    Object.entries(amounts).map(([name, amount]) => [`${prefix} ${name}`, amount]);
  const figures: [string, Yuan][] = [
    ...Object.entries({ deductible, ratio: ratio ?? zero, hospital, account, cash }),
    ...named('layer', answer.layers),
    ...named('fund', answer.funds),
    ...named('part', answer.personal),
    ...Object.entries(answer.moves).flatMap(([year, moves]) => named(`moves ${year}`, moves)),
  ];
  const amounts = figures.filter(([, amount]) => !amount.isZero()).map(([name, amount]) => [name, amount.toFixed()]);
  return {
    ...(Object.fromEntries(amounts) as Figures),
    year: String(years.at(-1)),
    years: String(years.length),
    rests: [...answer.rests].sort().join(),
  };
}
