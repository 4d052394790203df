import { formatYuan, least, most, multiply, parseYuan, ratio } from '#shared/money';
import type { Fen } from '#shared/money';
import { missing, used } from '../benefit.js';
import type { Accumulators, Explanation, MissingClause } from '../benefit.js';
import type { DeductibleTerms, InstitutionLevel } from '../policy-pack.js';

export interface DeductibleDecision {
  readonly deductibleFen: Fen;
  readonly changes: Accumulators;
  readonly explanation: Explanation;
}

/** Names of the accumulators that this rule reads and moves. */
export const admissions = (level: InstitutionLevel | 'any'): string => `inpatient.admissions.${level}`;
export const deductiblePaid = (setting: string, level?: InstitutionLevel): string =>
  level === undefined ? `${setting}.deductible` : `${setting}.deductible.${level}`;

/** 起付线: consumed by in-scope money only; lower for repeated admissions; never above the yearly ceilings. */
export function deductible(
  terms: DeductibleTerms,
  level: InstitutionLevel,
  inScopeFen: Fen,
  year: Accumulators,
): DeductibleDecision | MissingClause {
  const first = terms.first[level];
  if (first === undefined) return missing(`${terms.article}（${level}）`);
  return terms.kind === 'per-admission'
    ? perAdmission(terms, level, parseYuan(first), inScopeFen, year)
    : perVisit(terms, level, parseYuan(first), inScopeFen, year);
}

type Terms<K> = Extract<DeductibleTerms, { kind: K }>;

function perAdmission(
  terms: Terms<'per-admission'>,
  level: InstitutionLevel,
  firstFen: Fen,
  inScopeFen: Fen,
  year: Accumulators,
): DeductibleDecision {
  const before = used(year, admissions(terms.repeatWhen === 'same-level' ? level : 'any'));
  const dueFen = before === 0n ? firstFen : multiply(firstFen, ratio(terms.repeatShare), 'half-up');
  const deductibleFen = least(
    inScopeFen,
    least(dueFen, room(terms.yearlyMax, used(year, deductiblePaid('inpatient')))),
  );
  const which = before === 0n ? '首次' : `第 ${before + 1n} 次`;
  return {
    deductibleFen,
    changes: { [admissions(level)]: 1n, [admissions('any')]: 1n, [deductiblePaid('inpatient')]: deductibleFen },
    explanation: {
      rule: 'deductible',
      text: `${which}住院起付 ${formatYuan(deductibleFen)} 元`,
      articles: [terms.article],
    },
  };
}

function perVisit(
  terms: Terms<'per-visit'>,
  level: InstitutionLevel,
  firstFen: Fen,
  inScopeFen: Fen,
  year: Accumulators,
): DeductibleDecision {
  const levelRoom = room(terms.levelYearlyMax?.[level], used(year, deductiblePaid('outpatient', level)));
  const yearRoom = room(terms.yearlyMax, used(year, deductiblePaid('outpatient')));
  const deductibleFen = least(inScopeFen, least(firstFen, least(levelRoom, yearRoom)));
  return {
    deductibleFen,
    changes: { [deductiblePaid('outpatient', level)]: deductibleFen, [deductiblePaid('outpatient')]: deductibleFen },
    explanation: {
      rule: 'deductible',
      text: `门诊单次起付 ${formatYuan(deductibleFen)} 元`,
      articles: [terms.article],
    },
  };
}

const unlimited = 10n ** 18n;

/** What a ceiling still leaves; nothing bounds where there is no ceiling. */
const room = (ceiling: string | undefined, usedFen: Fen): Fen =>
  ceiling === undefined ? unlimited : most(0n, parseYuan(ceiling) - usedFen);
