import { adjustedRatio, holds } from '../../apps/settlement/src/benefit/rules/adjusted-ratio.js';
import { formatYuan } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type {
  Adjustment,
  BenefitSetting,
  CapClause,
  CrossRule,
  DeductibleClause,
  Layer,
  PersonalPart,
  PolicyPack,
  Repeat,
  ShareOfTotal,
  Step,
  Terms,
} from '../../apps/settlement/src/policy/policy-pack.js';
import { goesBy, pick } from '../../apps/settlement/src/policy/tree.js';
import type { Position, Tree } from '../../apps/settlement/src/policy/tree.js';

/** Takes what a pack says about something, for one kind of person and bill. */
export type Say = (about: string, says: string) => void;

const nothingSaid = '未规定';
const yuan = (value: Fen | null | undefined): string =>
  value === undefined ? nothingSaid : value === null ? '无' : `${formatYuan(value)} 元`;
const percent = (value: Ratio | null | undefined): string =>
  value === undefined ? nothingSaid : value === null ? '无' : `${value.times(100).toFixed()}%`;
const valueOf = <T>(tree: Tree<T>, at: Position): T | undefined => pick(tree, at)?.value;

export const settingNames: Readonly<Record<BenefitSetting, string>> = {
  inpatient: '住院',
  outpatient: '普通门诊',
  chronic: '门诊慢特病',
  emergency: '门诊急诊',
  pharmacy: '购药',
  maternity: '生育',
  injury: '外伤',
};
const partNames: Readonly<Record<PersonalPart, string>> = {
  'over-cap': '超封顶',
  'co-pay': '比例自付',
  deductible: '起付线',
  'route-first-pay': '异地先行自付',
  'first-pay': '乙类先行自付',
  'over-limit': '超限价',
  'own-expense': '全自费',
};
const partsText = (parts: readonly PersonalPart[]): string => parts.map((part) => partNames[part]).join('、');
const methodNames = { whole: '出院时整笔计算', 'average-day': '按日均分摊', 'line-day': '按费用日期分摊' } as const;
const severalNames = { highest: '取最高', sum: '相加' } as const;

const perNames = { admission: '每次住院', visit: '每次', month: '每月', year: '每年累计', none: '无' } as const;
const axisNames = { 'in-scope': '含起付线', base: '起付线以上' } as const;
const overNames = { bill: '单次', year: '年度累计' } as const;
const kindNames = { fund: '基金支付', cost: '政策范围内费用' } as const;
const periodNames = { bill: '每次', month: '每月', year: '每年' } as const;

/** 就医方式的待遇: everything that a setting pays a kind of person. */
export function sayTerms(terms: Terms, at: Position, cross: CrossRule | undefined, say: Say): void {
  say('支付基金', terms.fundType);
  sayDeductible(terms.deductible, at, say);
  const { banded, axis, over } = terms.ratio;
  say('分段口径', banded ? `${axisNames[axis]}，${overNames[over]}` : '不分段');
  saySteps('支付比例', terms.ratio, at, cross, say);
  say('异地先行自付', cross?.firstPay === undefined ? '无' : percent(cross.firstPay));
  sayCaps('', terms.caps, at, say);
  const { floor } = terms;
  say(
    '保底',
    floor === undefined ? '无' : `${floor.of === 'total' ? '总费用' : '范围内'} ${percent(valueOf(floor.ratio, at))}`,
  );
  for (const { item, selfPay } of terms.items) say(`单列项目 ${item} 自付`, percent(valueOf(selfPay, at)));
}

function sayDeductible(clause: DeductibleClause, at: Position, say: Say): void {
  const { per, counter, amount, times, repeat, everyDays } = clause;
  say('起付方式', per === 'none' ? '无' : `${perNames[per]}，计入 ${counter}`);
  say('起付线', amount === undefined ? '无' : amountText(valueOf<Fen | ShareOfTotal>(amount, at), times, at));
  if (per === 'admission') say('再次住院起付线', repeat === undefined ? '与首次相同' : repeatText(repeat, at));
  if (everyDays !== undefined) say('连续住院', `每 ${everyDays} 天计一次起付线`);
  for (const [name, tree] of [
    ['年度起付封顶', clause.yearlyMax],
    ['同级别年度起付封顶', clause.yearlyMaxByLevel],
  ] as const)
    if (tree !== undefined) say(name, yuan(valueOf(tree, at)));
}

function amountText(amount: Fen | ShareOfTotal | undefined, times: Tree<Ratio> | undefined, at: Position): string {
  const shown =
    typeof amount === 'object'
      ? `总额的 ${percent(amount.share)}，${yuan(amount.minFen)}至${yuan(amount.maxFen)}`
      : yuan(amount);
  const factor = times === undefined ? undefined : valueOf(times, at);
  if (times !== undefined && factor === undefined) return nothingSaid;
  return factor === undefined || factor.equals(1) ? shown : `${shown} × ${factor.toFixed()}`;
}

function repeatText(repeat: Repeat, at: Position): string {
  const counts = repeat.sameLevel ? '同级别' : '不分级别';
  switch (repeat.kind) {
    case 'amount':
      return `${counts} ${yuan(valueOf(repeat.amount, at))}`;
    case 'factor': {
      const factor = valueOf(repeat.factor, at);
      return `${counts} ${factor === undefined ? nothingSaid : `首次 × ${factor.toFixed()}`}`;
    }
    case 'less':
      return `${counts}每次减${repeat.of === 'first' ? '首次' : '上次'}的 ${percent(repeat.less)}，不低于 ${yuan(valueOf(repeat.floor, at))}`;
  }
}

/** `cross` is undefined where the policy leaves the way of being treated open: then no ratio is known either. */
function saySteps(
  what: string,
  { steps, adjust }: { steps: readonly Step[]; adjust: readonly Adjustment[] },
  at: Position,
  cross: CrossRule | undefined,
  say: Say,
): void {
  for (const [index, { toFen, ratio }] of steps.entries()) {
    const table = valueOf(ratio, at);
    const reduced = table === undefined || cross === undefined ? undefined : adjustedRatio(table, adjust, at, cross);
    const shown = cross?.paysNothing === true ? '不予支付' : percent(reduced);
    const border = toFen === null ? '' : `${formatYuan(toFen)} 元以下 `;
    say(steps.length > 1 ? `第 ${index + 1} 段${what}` : what, `${border}${shown}`);
  }
}

function sayCaps(prefix: string, caps: readonly CapClause[], at: Position, say: Say): void {
  for (const { name, kind, per, amount, several } of caps) {
    const about = `${prefix}限额 ${name}`;
    const unit = `（${periodNames[per]}${kindNames[kind]}）`;
    if (several === undefined) say(about, `${yuan(valueOf(amount, at))}${unit}`);
    else {
      say(
        `${about} 多病种`,
        typeof several === 'object' ? `主病种加至多 ${yuan(several.mainPlusFen)}` : severalNames[several],
      );
      for (const disease of diseasesIn(amount))
        say(`${about} ${disease}`, `${yuan(valueOf(amount, { ...at, disease }))}${unit}`);
    }
  }
}

/** The diseases that the amount of a cap names. */
function diseasesIn(tree: Tree<unknown>): string[] {
  if (!('by' in tree) || !goesBy(tree, 'disease')) return [];
  if (tree.by === 'disease') return [...tree.cases.keys()];
  return [
    ...tree.cases.values(),
    ...tree.ages.map((age) => age.tree),
    ...(tree.otherwise === undefined ? [] : [tree.otherwise]),
  ].flatMap(diseasesIn);
}

/** 补充层: what one layer pays a kind of person. */
export function sayLayer(layer: Layer, at: Position, cross: CrossRule | undefined, say: Say): void {
  const name = `补充层 ${layer.layer} `;
  if (!holds(layer.when, at) || cross?.paysNothing === true) return;
  say(`${name}基金`, layer.fundType);
  say(`${name}基数`, `${partsText(layer.base)}，${overNames[layer.over]}${layer.cut ? '，随异地规则降低' : ''}`);
  say(`${name}起付线`, layer.start === undefined ? '无' : yuan(valueOf(layer.start, at)));
  if (layer.steps.length > 1) say(`${name}分段口径`, layer.measuredFrom === 'zero' ? '从零计' : '从起付线计');
  saySteps(`${name}比例`, layer, at, layer.cut ? cross : { paysNothing: false }, say);
  sayCaps(name, layer.caps, at, say);
}

/** What a pack says of all its bills. */
export function sayPack(
  { benefitYearBegins, versionBy, stayOverYear, account, outsideCeilings }: PolicyPack,
  say: Say,
): void {
  say('待遇年度起始日', benefitYearBegins);
  say('政策版本按', versionBy === 'admission' ? '入院日' : '结算日');
  say(
    '跨年度住院',
    `${methodNames[stayOverYear.method]}，起付线${stayOverYear.deductible === 'each' ? '各年都计' : '只计在先一年'}`,
  );
  say('国家降幅上限', outsideCeilings === undefined ? '适用' : `不适用：${outsideCeilings}`);
  say(
    '个人账户支付',
    account === undefined
      ? nothingSaid
      : `${partsText(account.pays)}（${account.settings.map((name) => settingNames[name]).join('、')}）`,
  );
}

/** 医院负担 for a kind of person. */
export function sayHospital({ hospital }: PolicyPack, at: Position, say: Say): void {
  for (const { of, ratio } of hospital) say(`医院负担${partNames[of]}`, percent(valueOf(ratio, at)));
}
