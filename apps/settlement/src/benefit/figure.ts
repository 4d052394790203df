import { formatYuan } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { Clause } from '../policy/policy-pack.js';
import { show } from './expression.js';
import type { Expression } from './expression.js';

/** 一个数字的由来: the rule, the clause or article it rests on, the arithmetic, and what came out. */
export interface Figure {
  readonly rule: string;
  /** For people, in Chinese. */
  readonly name: string;
  readonly clause: Clause | null;
  readonly articles: readonly string[];
  /** Without the result, for example `(22664.09 − 1100.00) × 0.82`. */
  readonly formula: string;
  readonly value: string;
  readonly unit: '元' | '比例' | '次';
}

export interface FigureSource {
  readonly rule: string;
  readonly name: string;
  readonly clause?: Clause;
  readonly articles?: readonly string[];
}

/** Collects figures, or nothing at all when nobody asked: then the arithmetic is not even put into words. */
export class Figures {
  readonly list: Figure[] = [];

  constructor(readonly wanted: boolean) {}

  amount(source: FigureSource, valueFen: Fen, formula: () => Expression): void {
    if (this.wanted) this.add(source, formatYuan(valueFen), '元', formula());
  }

  ratio(source: FigureSource, value: Ratio, formula: () => Expression): void {
    if (this.wanted) this.add(source, value.toFixed(), '比例', formula());
  }

  private add(source: FigureSource, value: string, unit: Figure['unit'], formula: Expression): void {
    const { rule, name, clause = null, articles = [] } = source;
    this.list.push({ rule, name, clause, articles, formula: show(formula), value, unit });
  }
}
