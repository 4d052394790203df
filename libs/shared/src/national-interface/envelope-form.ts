import Type from 'typebox';
import type { Static } from 'typebox';
import { alias, optional, usual } from './field.js';
import type { Read } from './field.js';
import { area, code, dateTime, text } from './kinds.js';

/** 请求信封: the fields that stand around `input`. What is not marked as needed is tolerated when missing. */
export const requestEnvelope = {
  infno: optional(text('交易编号', 40)),
  msgid: text('发送方报文 ID', 64),
  mdtrtarea_admvs: usual(alias(area('就医地医保区划'), 'mdtrtarea_admdvs')),
  insuplc_admdvs: optional(area('参保地医保区划')),
  recer_sys_code: usual(text('接收方系统代码', 10)),
  dev_no: optional(text('设备编号', 100)),
  dev_safe_info: optional(text('设备安全信息', 2000)),
  cainfo: optional(text('数字签名信息', 1024)),
  signtype: optional(text('签名类型', 10)),
  infver: usual(text('接口版本号', 6)),
  opter_type: usual(code('经办人类别', 3, 'opter_type')),
  opter: usual(text('经办人', 30)),
  opter_name: usual(text('经办人姓名', 50)),
  inf_time: usual(dateTime('交易时间')),
  fixmedins_code: text('定点医药机构编号', 30),
  fixmedins_name: usual(text('定点医药机构名称', 200)),
  sign_no: optional(text('签到流水号', 30)),
} as const;

export type ReadEnvelope = Read<typeof requestEnvelope>;

const millisecondTime = Type.String({ pattern: '^\\d{17}$' });

/** 应答信封: always these six keys; `warn_msg` beside them only where there is something to warn of. */
export const answerEnvelopeSchema = Type.Object(
  {
    infcode: Type.Union([Type.Literal(0), Type.Literal(-1), Type.Literal(-2)]),
    inf_refmsgid: Type.String({ pattern: '^\\d{30}$' }),
    refmsg_time: millisecondTime,
    respond_time: millisecondTime,
    err_msg: Type.String({ maxLength: 500 }),
    output: Type.Union([Type.Object({}), Type.Array(Type.Object({})), Type.Null()]),
    warn_msg: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

export type AnswerEnvelope = Static<typeof answerEnvelopeSchema>;

/** What the envelope's fields mean to the reader of the page. */
export const answerEnvelopeTitles: Readonly<Record<keyof AnswerEnvelope, string>> = {
  infcode: '交易状态码：0 成功；−1 结果不明（请冲正 2601）；−2 业务拒绝（请提示）',
  inf_refmsgid: '接收方报文 ID：就医地区划 6 位 + 时间 14 位 + 流水 10 位',
  refmsg_time: '接收报文时间 yyyyMMddHHmmssSSS',
  respond_time: '响应报文时间 yyyyMMddHHmmssSSS',
  err_msg: '错误信息：[代码] 说明（由谁处理）下一步；成功时为空',
  output: '交易输出',
  warn_msg: '提醒，例如接口凭证即将失效；没有时不出现',
};
