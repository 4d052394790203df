import { Decimal } from 'decimal.js';

/** Yuan as decimals with room for every product of ratios; nothing is rounded but by `toFen`. */
const Yuan = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });
export type Yuan = Decimal;

export const zero: Yuan = new Yuan(0);
export const one: Yuan = new Yuan(1);
export const number = (text: string | number): Yuan => new Yuan(text);

/** Half up to the fen. */
export const toFen = (amount: Yuan): Yuan => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

export const least = (...all: Yuan[]): Yuan => Yuan.min(...all);
export const most = (...all: Yuan[]): Yuan => Yuan.max(...all);
export const sum = (all: readonly Yuan[]): Yuan => all.reduce((total, each) => total.plus(each), zero);
export const within = (low: Yuan, value: Yuan, high: Yuan): Yuan => least(most(low, value), high);
