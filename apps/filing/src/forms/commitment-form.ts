import { isLongTerm } from '#shared/filing';
import { cell, label, Paper, paperDay, sexNames } from '#shared/papers';
import type { Line } from '#shared/papers';
import { areaName } from '#shared/regions';
import type { FilingCategory } from '../filing/filing.js';
import type { FormFacts } from './form-facts.js';

const title = '基本医疗保险跨省异地就医备案个人承诺书';
const commitment =
  '承诺事项：本人申请办理跨省异地就医备案业务，已阅读并知晓《备案告知书》所述内容，同意遵守相关规定。因个人原因无法提供异地就医备案相关证明材料，本人保证符合此业务办理条件，所述信息真实、准确、完整、有效，愿意接受信息共享查询核验，由此产生的一切经济损失和法律责任均由本人承担。';
const categories: readonly (readonly [FilingCategory, string])[] = [
  ['retired-resettled', '异地安置退休人员'],
  ['long-term-resident', '异地长期居住人员'],
  ['posted-worker', '常驻异地工作人员'],
  ['referral', '异地转诊就医人员'],
  ['other-temporary', '其他跨省临时外出就医人员'],
];
const box = (text: string, chosen: boolean): Line => ({ text, chosen, as: 'box' });

/** 附件2 个人承诺书 (A2 H22), filled with the person's and the agent's details, or blank. Kept for two years at least. */
export function commitmentForm(facts: FormFacts | undefined, madeAt: Date): Promise<Buffer> {
  const filing = facts?.filing;
  const { agentName = null, agentPhone = null, phone1 = null } = filing?.contact ?? {};
  const resident = filing !== undefined && isLongTerm(filing.category);
  const agent = agentName === null ? '' : `被委托人：${agentName}    联系电话：${agentPhone ?? ''}`;
  return new Paper({ title, madeAt })
    .line('附件2', filing === undefined ? '' : `备案编号：${filing.filingNo}`)
    .space(6)
    .heading(title)
    .fontSize(10.5)
    .grid(
      [13, 24, 10, 13, 12, 20],
      [
        [
          ...[label('姓 名'), cell(facts?.person.name ?? ''), label('性 别')],
          cell(sexNames[facts?.person.sex ?? ''] ?? '', { align: 'center' }),
          ...[label('联系电话'), cell(phone1 ?? '', { minHeight: 32 })],
        ],
        [
          ...[label('身份证件\n号码'), cell(facts?.identityNumber ?? ''), label('参保地')],
          cell(filing === undefined ? '' : areaName(filing.homeArea), { align: 'center' }),
          ...[label('就医地'), cell(filing === undefined ? '' : areaName(filing.destination), { minHeight: 40 })],
        ],
        [
          label('人员类别'),
          {
            lines: [
              box('跨省异地长期居住人员', resident),
              box('跨省临时外出就医人员', filing !== undefined && !resident),
            ],
            span: 2,
          },
          { lines: categories.map(([code, name]) => box(name, code === filing?.category)), span: 3 },
        ],
        [label('参保地跨省异地就医备案告知书（由参保地经办机构填写）', { span: 6, bold: true })],
        [cell('', { span: 6, minHeight: 150 })],
        [
          {
            lines: [
              commitment,
              '',
              agent,
              '',
              '承诺人（签名、指印）：',
              '',
              filing === undefined ? paperDay(null) : paperDay(filing.appliedOn),
            ],
            span: 6,
            minHeight: 200,
          },
        ],
        [label('说 明'), cell('本表由参保人员填写，由医保经办部门存档，两年内不得销毁。', { span: 5, minHeight: 34 })],
      ],
    )
    .bytes();
}
