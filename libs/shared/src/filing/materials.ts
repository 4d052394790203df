import type { Day } from '../clock/index.js';
import type { filingCategories } from '../contracts/index.js';
import type { ValueSource } from '../rules/index.js';

type FilingCategory = (typeof filingCategories)[number];

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
