import { limitAt } from '../../catalogue/catalogue-item.js';
import type { CatalogueItem } from '../../catalogue/catalogue-item.js';
import type { InstitutionLevel } from '../../policy/policy-pack.js';
import { splitLine } from '../../scope/rules/split-line.js';
import type { CaseLine } from '../reimbursement-case.js';

/** 按参保地目录核算 (H53): a line by the home area's catalogue of its day; what that does not have is own expense, line by line. */
export function recountLine(line: CaseLine, item: CatalogueItem | undefined, level: InstitutionLevel): CaseLine {
  const terms =
    item === undefined
      ? { class: 'C' as const, firstPayRatio: '1', priceLimitFen: null }
      : { ...item, priceLimitFen: limitAt(item, level) };
  const { totalFen, ...counted } = splitLine(line.totalFen, line.quantity, terms);
  if (totalFen !== line.totalFen) throw new Error(`line ${line.lineNo} changes its total`);
  return { ...line, counted, note: noteOf(line, counted, item) };
}

function noteOf(line: CaseLine, counted: CaseLine['counted'], item: CatalogueItem | undefined): string | null {
  if (item === undefined) return '参保地目录没有该项目，计入全自费';
  const same =
    counted.ownExpenseFen === line.ownExpenseFen &&
    counted.overLimitFen === line.overLimitFen &&
    counted.firstPayFen === line.firstPayFen;
  return same ? null : `按参保地目录（${classNames[item.class]}）核算，与就医地不同`;
}

const classNames = { A: '甲类', B: '乙类', C: '丙类' } as const;
