import type { Day } from '#shared/clock';
import type { DatedValues } from '#shared/rules';
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
  'filing-form': '异地就医备案表',
  'settlement-proof': '异地安置认定材料',
  'residence-proof': '长期居住认定材料',
  'work-proof': '异地工作证明材料',
  'referral-proof': '转诊转院证明材料',
  commitment: '个人承诺书',
};

const nameOf = (code: string): string => materialNames[code] ?? code;

/** 备案材料 (N8 H9): what this category still needs, in words; `a|b` is met by either. */
export function missingMaterials(
  category: FilingCategory,
  given: readonly string[],
  rules: DatedValues,
  on: Day,
): string[] {
  const required = rules.textOn(ruleNames[category], on).split(',');
  return required
    .filter((alternatives) => !alternatives.split('|').some((code) => given.includes(code)))
    .map((alternatives) => alternatives.split('|').map(nameOf).join('或'));
}

/** 承诺制 (H22): whether the filing rests on a commitment in place of proof. */
export const restsOnCommitment = (given: readonly string[]): boolean =>
  given.includes('commitment') &&
  !given.some((code) => code === 'settlement-proof' || code === 'residence-proof' || code === 'work-proof');
