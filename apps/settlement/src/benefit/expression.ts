import { formatYuan } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';

/** 算式: the arithmetic of one figure, kept as a tree so that the text shown is the sum that was done. */
export type Expression =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'operation'; readonly sign: '+' | '−' | '×' | '÷'; readonly terms: readonly Expression[] }
  | { readonly kind: 'choice'; readonly word: '取小' | '取大'; readonly terms: readonly Expression[] };

export const yuan = (amountFen: Fen): Expression => ({ kind: 'value', text: formatYuan(amountFen) });
export const plain = (text: string): Expression => ({ kind: 'value', text });
export const rate = (value: Ratio): Expression => plain(value.toFixed());

const operation =
  (sign: '+' | '−' | '×' | '÷') =>
  (...terms: Expression[]): Expression =>
    terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: 'operation', sign, terms };
export const plus = operation('+');
export const minus = operation('−');
export const times = operation('×');
export const over = operation('÷');
export const smaller = (...terms: Expression[]): Expression => ({ kind: 'choice', word: '取小', terms });
export const larger = (...terms: Expression[]): Expression => ({ kind: 'choice', word: '取大', terms });

/** As a patient can check it with a pocket calculator: 取小(1100.00，22664.09), (800.00 − 200.00) × 0.9. */
export function show(expression: Expression): string {
  if (expression.kind === 'value') return expression.text;
  if (expression.kind === 'choice') return `${expression.word}(${expression.terms.map(show).join('，')})`;
  return expression.terms.map(inOperation).join(` ${expression.sign} `);
}

const inOperation = (term: Expression): string => (term.kind === 'operation' ? `(${show(term)})` : show(term));
