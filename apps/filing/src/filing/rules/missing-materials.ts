import type { Day } from '#shared/clock';
import { materialsInWords, requiredMaterials } from '#shared/filing';
import type { ValueSource } from '#shared/rules';
import type { FilingCategory } from '../filing.js';

/** 备案材料 (N8 H9): what this category still needs, in words; a requirement is met by any one of its alternatives. */
export function missingMaterials(
  category: FilingCategory,
  given: readonly string[],
  rules: ValueSource,
  on: Day,
): string[] {
  const missing = requiredMaterials(category, rules, on).filter(
    (alternatives) => !alternatives.some((code) => given.includes(code)),
  );
  return materialsInWords(missing);
}

/** 承诺制 (H22): whether the filing rests on a commitment in place of proof. */
export function restsOnCommitment(
  category: FilingCategory,
  given: readonly string[],
  rules: ValueSource,
  on: Day,
): boolean {
  const proof = given.filter((code) => code !== 'commitment');
  return missingMaterials(category, proof, rules, on).length > missingMaterials(category, given, rules, on).length;
}
