import { cell, label, Paper, paperDay, sexNames } from '#shared/papers';
import type { Line } from '#shared/papers';
import { areaName, provinceFullName, provinceOf, sameProvince } from '#shared/regions';
import type { FilingCategory } from '../filing/filing.js';
import type { FormFacts } from './form-facts.js';

const categories: readonly (readonly [FilingCategory, string])[] = [
  ['retired-resettled', '异地安置退休人员'],
  ['long-term-resident', '异地长期居住人员'],
  ['posted-worker', '常驻异地工作人员'],
  ['referral', '异地转诊人员'],
  ['other-temporary', '其他跨省临时外出就医人员'],
];

const hints = [
  '温馨提示',
  '1. 跨省异地就医直接结算执行就医地规定的支付范围及有关规定、参保地规定的基本医疗保险基金起付标准、支付比例、最高支付限额、门诊慢特病病种范围等有关政策。',
  '2. 办理备案时直接备案到就医地市或直辖市。参保人员根据病情、居住地、交通等情况，自主选择就医地开通的跨省联网定点医疗机构住院就医。门诊就医时按照参保地异地就医管理要求选择跨省联网定点医疗机构就诊。',
  '3. 到海南、西藏等省级统筹的省份和新疆生产建设兵团就医的，可备案到就医省份和新疆生产建设兵团。',
  '4. 异地急诊抢救人员视同已备案。',
  '5. 未按规定办理登记备案手续，或在就医地非跨省定点医疗机构发生的医疗费用，按参保地现有规定执行。',
];

const choices = (texts: readonly string[], chosen: number | undefined): Line[] =>
  texts.map((text, index) => ({ text: `${index + 1}. ${text}`, chosen: index === chosen, as: 'tick' }));

/** 附件1 登记备案表 (A1), as the annex lays it out: filled from the record, or blank for the home area. */
export function filingForm(homeArea: string, facts: FormFacts | undefined, madeAt: Date): Promise<Buffer> {
  const filing = facts?.filing;
  const within = filing !== undefined && sameProvince(filing.homeArea, filing.destination);
  const title = `${provinceFullName(homeArea)}${within ? '' : '跨省'}异地就医登记备案表`;
  const schemes = facts?.person.insurances.filter(({ status }) => status === 'active').map(({ scheme }) => scheme);
  const scheme = schemes === undefined || schemes.length === 0 ? undefined : schemes.includes('310') ? 0 : 1;
  const category = categories.findIndex(([code]) => code === filing?.category);
  const province = filing === undefined ? '' : areaName(provinceOf(filing.destination));
  const prefecture = filing === undefined ? '' : areaName(filing.destination);
  const contact = filing?.contact;
  return new Paper({ title, madeAt })
    .line('附件1')
    .line(`备案编号：${filing?.filingNo ?? ''}`)
    .heading(title)
    .fontSize(10.5)
    .grid(
      [14, 16, 9, 15, 12, 20],
      [
        [
          ...[label('姓 名'), cell(facts?.person.name ?? ''), label('性 别')],
          cell(sexNames[facts?.person.sex ?? ''] ?? '', { align: 'center' }),
          ...[label('险 种'), { lines: choices(['职工医保', '居民医保'], scheme) }],
        ],
        [
          label('人员类别'),
          {
            lines: choices(
              categories.map(([, name]) => name),
              category < 0 ? undefined : category,
            ),
            span: 3,
          },
          ...[label('登记类别'), { lines: choices(['新增', '变更'], kindOf(facts)) }],
        ],
        [
          ...[label('社会保障\n号码'), cell(facts?.identityNumber ?? '', { span: 2 })],
          ...[label('社会保障卡\n卡号（可选）'), cell(contact?.cardNo ?? '', { span: 2, minHeight: 40 })],
        ],
        [
          ...[label('参保地\n家庭住址'), cell(contact?.homeAddress ?? '', { span: 2 })],
          ...[label('异地联系\n地址'), cell(contact?.awayAddress ?? '', { span: 2, minHeight: 44 })],
        ],
        [
          ...[label('联系电话 1'), cell(contact?.phone1 ?? '', { span: 2 })],
          ...[label('联系电话 2'), cell(contact?.phone2 ?? '', { span: 2, minHeight: 30 })],
        ],
        [
          ...[label('转往省\n（市、区）'), cell(province, { span: 2 })],
          ...[label('转往地区\n（市、州）'), cell(prefecture, { span: 2, minHeight: 40 })],
        ],
        [{ lines: hints, span: 6 }],
        [
          ...[label('本人（被委\n托人）签名'), cell(contact?.agentName ?? '', { span: 2, minHeight: 44 })],
          ...[label('填表日期'), cell(paperDay(filing?.appliedOn), { span: 2 })],
        ],
      ],
    )
    .space(12)
    .columns([`经办机构：${filing === undefined ? '' : areaName(filing.homeArea)}`, '联系电话：'])
    .space(6)
    .columns([`经办人：${filing?.decidedBy ?? ''}`, `经办日期：${paperDay(filing?.decidedOn)}`])
    .bytes();
}

const kindOf = (facts: FormFacts | undefined): number | undefined =>
  facts === undefined ? undefined : facts.filing.kind === 'new' ? 0 : 1;
