import { codeTables } from '#shared/national-interface';
import { Paper, paperDay, sexNames } from '#shared/papers';
import { kept } from '../gateway/answers/details.js';
import { wholeYears } from '../home/bill-facts.js';
import type { PaperFacts } from './paper-facts.js';
import type { OutsideOrder } from './visit-paper.js';

const title = '住院期间外院检查治疗或定点药店购药单';
const blank = (value: string | undefined, places = 12): string =>
  value === undefined || value === '' ? '_'.repeat(places) : value;

/** What the form is filled with. */
export interface OrderFacts extends PaperFacts {
  readonly order: OutsideOrder;
  /** 外检定点医院或外购定点药店名称. */
  readonly outsideName: string;
}

/** 附件12 住院期间外院检查治疗或定点药店购药单 (A12 N36), filled from the record or blank. */
export function outsideOrderForm(facts: OrderFacts | undefined, madeAt: Date): Promise<Buffer> {
  const person = facts?.person;
  const order = facts?.order;
  const diagnoses = facts?.visit.diagnoses.map(({ name }) => name).join('、');
  const age =
    person === undefined || order === undefined ? undefined : `${wholeYears(person.birthDate, order.approvedOn)} 岁`;
  const certificate = person === undefined ? undefined : codeTables['psn_cert_type']?.[person.certificateType];
  return new Paper({ title, madeAt })
    .line('附件12', order === undefined ? '' : `单号：${order.orderNo}    就诊编号：${order.visitId}`)
    .space(6)
    .heading(title)
    .fontSize(11)
    .space(8)
    .columns([
      `姓名：${blank(person?.name, 10)}`,
      `性别：${blank(sexNames[person?.sex ?? ''], 6)}`,
      `年龄：${blank(age, 6)}`,
      `科别：${blank(kept(facts?.visit.details, 'adm_dept_name') ?? undefined, 10)}`,
    ])
    .space(10)
    .columns([`证件类型：${blank(certificate, 16)}`, `证件号码：${blank(facts?.maskedCertificate, 20)}`])
    .space(10)
    .line(`诊断：${blank(diagnoses, 60)}`)
    .space(10)
    .line(`外检定点医院或外购定点药店名称：${blank(facts?.outsideName, 36)}`)
    .space(10)
    .line(`外检项目或外购药品：${blank(order?.items, 46)}`)
    .space(10)
    .line(`外检或外购药原因：${blank(order?.reason, 48)}`)
    .space(36)
    .line(`医师签字：${order?.physician ?? ''}`)
    .space(30)
    .line('定点医疗机构医疗保险办公室盖章', facts === undefined ? '' : facts.institution.name)
    .space(24)
    .line(`日期：${order === undefined ? 'XXXX 年 XX 月 XX 日' : paperDay(order.approvedOn)}`)
    .bytes();
}
