import { dayOf, shanghaiDateTime } from '#shared/clock';
import { codeTables } from '#shared/national-interface';
import { cell, label, Paper, paperDay } from '#shared/papers';
import { areaName } from '#shared/regions';
import type { InjuryCommitment } from './visit-paper.js';

const title = '外伤无第三方责任承诺书';
const blank = '_____';

/** What the commitment is filled with. */
export interface CommitmentFacts {
  readonly commitment: InjuryCommitment;
  readonly maskedCertificate: string;
  readonly treatmentArea: string;
}

/** 附件11 外伤无第三方责任承诺书 (A11 N35), filled from the record or blank. */
export function injuryCommitmentForm(facts: CommitmentFacts | undefined, madeAt: Date): Promise<Buffer> {
  const one = facts?.commitment;
  const agency = facts === undefined ? blank : areaName(facts.treatmentArea);
  const certificate = one === undefined ? '' : (codeTables['psn_cert_type']?.[one.certificateType] ?? '');
  return new Paper({ title, madeAt })
    .line('附件11', one === undefined ? '' : `就诊编号：${one.visitId}`)
    .space(6)
    .heading(title)
    .fontSize(10.5)
    .grid(
      [14, 28, 14, 28],
      [
        [label('承诺人'), cell(one?.signer ?? ''), label('联系电话'), cell(one?.phone ?? '', { minHeight: 32 })],
        [
          ...[label('证件类型'), cell(certificate), label('证件号码')],
          cell(facts?.maskedCertificate ?? '', { minHeight: 32 }),
        ],
        [label('承诺事项'), cell('外伤无第三方责任', { span: 3, minHeight: 32 })],
        [
          {
            span: 4,
            minHeight: 200,
            lines: [
              '承诺内容：',
              `本人同意授权${agency}医保经办机构通过信息共享方式查询本人与办理医保业务相关的信息，承诺所提供材料均为真实合法，符合办理业务条件，如伪造材料或以任何方式骗取医疗保险待遇的，本人愿意承担一切后果；同意${agency}医保经办机构将本人虚假行为上报和纳入信用管理体系，并就本次办理业务的其他承诺内容陈述如下：`,
              '',
              `${happened(one)}现承诺本次意外受伤与第三方责任或工伤责任无关，如与第三方责任或工伤责任有关，则将已享受的医保待遇全额退回医保，并承担相应的法律责任。`,
            ],
          },
        ],
        [
          {
            span: 4,
            lines: [
              '温馨提示：',
              '1. 反欺诈法律提示：以虚构劳动关系、伪造证明材料或者其他手段骗取基本医疗保险待遇和生育保险待遇的，属于刑法第二百六十六条规定的诈骗公私财物的行为，将依法追究刑事责任。',
              '2. 此表可现场填写，由承诺人本人手写签名，患者本人无法签字的由其近亲属代签，并填写身份证号码和联系方式。',
              '',
            ],
          },
        ],
      ],
    )
    .space(16)
    .columns([
      `承诺人（签名）：${one?.relation === 'relative' ? '（近亲属代签）' : ''}`,
      `日期：${paperDay(one?.signedOn)}`,
    ])
    .bytes();
}

/** When, where and how it happened; lines for writing where nobody has said. */
function happened(one: InjuryCommitment | undefined): string {
  if (one === undefined)
    return `本人于${blank}年____月____日____时在${blank}${blank}（地点）发生${blank}${blank}${blank}（外伤经过）。`;
  const hour = Number(shanghaiDateTime(one.happenedAt).slice(11, 13));
  return `本人于 ${paperDay(dayOf(one.happenedAt))} ${hour} 时在${one.place}（地点）发生${one.course}（外伤经过）。`;
}
