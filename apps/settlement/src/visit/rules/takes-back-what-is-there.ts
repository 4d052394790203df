import type { FeeLine } from '../visit.js';

type Line = Pick<FeeLine, 'lineNo' | 'itemCode' | 'settlementId' | 'reversesLine'>;

/** 原费用流水号 (2301): a line that names what it takes back names a line of the same item that is there and not settled. */
export function takesBackWhatIsThere(line: Line, known: readonly Line[]): boolean {
  if (line.reversesLine === null || line.reversesLine === undefined) return true;
  const original = known.find(({ lineNo }) => lineNo === line.reversesLine);
  return original?.settlementId === null && original.itemCode === line.itemCode;
}
