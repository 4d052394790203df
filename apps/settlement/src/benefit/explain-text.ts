import type { BenefitSplit } from './benefit.js';
import type { Figure } from './figure.js';

/** 待遇说明: the figures as short Chinese lines that a patient can read aloud and check with a pocket calculator. */
export const explainLines = ({ figures }: Pick<BenefitSplit, 'figures'>): string[] => figures.map(explainLine);

/** `起付线：取小(1100.00，22664.09) = 1100.00 元（HN-EMP-2023 起付标准）`; `≈` where the result was rounded to the fen. */
export function explainLine(figure: Figure): string {
  const { name, formula, value, unit } = figure;
  const sign = unit === '元' && /[×÷]/.test(formula) ? '≈' : '=';
  const arithmetic = formula === value ? value : `${formula} ${sign} ${value}`;
  return `${name}：${arithmetic}${unit === '元' ? ' 元' : ''}${basis(figure)}`;
}

function basis({ clause, articles }: Figure): string {
  const parts = [...(clause === null ? [] : [`${clause.pack} ${clause.clause}`]), ...articles];
  return parts.length === 0 ? '' : `（${parts.join('；')}）`;
}
