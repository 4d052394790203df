/** 分: an amount of public money in fen, the smallest unit. Never a float, never a number. */
export type Fen = bigint;

/** An amount in yuan could not be read. The edge turns this into a clear answer for the caller. */
export class MoneyFormatError extends Error {}

const yuanPattern = /^(-)?(\d{1,14})(?:\.(\d{1,2})0*)?$/;

/** Reads a decimal string in yuan, for example `12.34` or `-0.5`; more than two significant decimals are refused. */
export function parseYuan(text: string): Fen {
  const match = yuanPattern.exec(text.trim());
  if (match === null) throw new MoneyFormatError(`not an amount in yuan: ${text.slice(0, 40)}`);
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole ?? '0') * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === undefined ? amount : -amount;
}

/** Writes fen as yuan with exactly two decimals. */
export function formatYuan(amount: Fen): string {
  const absolute = amount < 0n ? -amount : amount;
  const text = `${absolute / 100n}.${(absolute % 100n).toString().padStart(2, '0')}`;
  return amount < 0n ? `-${text}` : text;
}

/** Writes fen as 万元 with two decimals, half up: annexes 3 to 9 are printed in this unit. */
export function formatWan(amount: Fen): string {
  const absolute = amount < 0n ? -amount : amount;
  const hundredths = (absolute + 5_000n) / 10_000n;
  const text = `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
  return amount < 0n && hundredths > 0n ? `-${text}` : text;
}

export function sum(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

export const least = (a: Fen, b: Fen): Fen => (a < b ? a : b);
export const most = (a: Fen, b: Fen): Fen => (a > b ? a : b);
