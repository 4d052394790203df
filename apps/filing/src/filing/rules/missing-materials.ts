import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';
import type { FilingCategory } from '../filing.js';

const ruleNames: Record<FilingCategory, string> = {
  'retired-resettled': 'materialsRetiredResettled',
  'long-term-resident': 'materialsLongTermResident',
  'posted-worker': 'materialsPostedWorker',
  referral: 'materialsReferral',
  'other-temporary': 'materialsOtherTemporary',
};

/** 备案材料 by code, as people know them. */
export const materialNames: Readonly<Record<string, string>> = {
  credential: '医保电子凭证、有效身份证件或社会保障卡',
  'filing-form': '异地就医登记备案表',
  'household-first-page': '户口簿首页',
  'register-card': '本人常住人口登记卡',
  'residence-proof': '居住证明',
  'dispatch-proof': '参保地工作单位派出证明',
  'employer-proof': '异地工作单位证明',
  'labour-contract': '劳动合同',
  'referral-proof': '转诊转院证明材料',
  commitment: '个人承诺书',
};

const nameOf = (code: string): string => materialNames[code] ?? code;

/** 应备材料 of a category: each entry is met by any one of its codes. */
export const requiredMaterials = (category: FilingCategory, rules: ValueSource, on: Day): string[][] =>
  rules
    .textOn(ruleNames[category], on)
    .split(',')
    .map((alternatives) => alternatives.split('|'));

export const materialsInWords = (required: readonly string[][]): string[] =>
  required.map((alternatives) => alternatives.map(nameOf).join('或'));

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
