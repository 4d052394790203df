import type { Found, PartyLine } from '../reconciliation.js';

/** 三方对账 (N37 N38): what the institution, the treatment side and the home side say about the same settlements of a day. */
export function compareParties(
  institution: readonly PartyLine[],
  treatment: readonly PartyLine[],
  home: readonly PartyLine[],
): Found[] {
  const at = byId(treatment);
  const stated = byId(institution);
  const granted = byId(home);
  const ids = [...new Set([...at.keys(), ...stated.keys(), ...granted.keys()])].sort();
  return ids.flatMap((settlementId): Found[] => {
    const ours = at.get(settlementId);
    const theirs = stated.get(settlementId);
    const homes = granted.get(settlementId);
    if (ours === undefined) return [{ settlementId, kind: 'missing-at-treatment' }];
    if (theirs === undefined) return [{ settlementId, kind: 'missing-at-institution' }];
    if (homes === undefined) return [{ settlementId, kind: 'missing-at-home' }];
    if (theirs.refund !== ours.refund || homes.refund !== ours.refund)
      return [{ settlementId, kind: 'status-differs' }];
    return isSame(ours, theirs) && isSame(ours, homes) ? [] : [{ settlementId, kind: 'amount-differs' }];
  });
}

const byId = (lines: readonly PartyLine[]): Map<string, PartyLine> =>
  new Map(lines.map((line) => [line.settlementId, line]));

const isSame = (a: PartyLine, b: PartyLine): boolean =>
  a.totalFen === b.totalFen && a.fundFen === b.fundFen && a.accountFen === b.accountFen;
