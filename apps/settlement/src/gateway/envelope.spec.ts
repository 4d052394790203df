import { describe, expect, it } from '@jest/globals';
import { atShanghai } from '#shared/clock';
import { refuse } from '#shared/errors';
import { refusalAnswer, successAnswer } from './envelope.js';
import { NotUtf8, readBody } from './read-body.js';

const body = {
  infno: '2207',
  msgid: 'H43010000301202603161000000001',
  fixmedins_code: 'H43010000301',
  insuplc_admdvs: '430100',
  unknown_to_us: { deep: [1] },
  input: { data: { psn_no: '1' } },
};
const reception = {
  area: '000000',
  receivedAt: atShanghai('2026-03-16', '10:00:01'),
  answeredAt: new Date(atShanghai('2026-03-16', '10:00:02').getTime() + 45),
};

describe('the envelope of the national interface', () => {
  const read = (content: unknown) =>
    readBody(Buffer.from(content === undefined ? '' : JSON.stringify(content))).envelope;

  it('[P5.2] is read leniently: numbers as texts, blanks gone, unknown keys let through', () => {
    expect(read({ ...body, opter: 7, sign_no: '', recer_sys_code: null })).toMatchObject({
      ...{ infno: '2207', msgid: body.msgid, fixmedins_code: 'H43010000301', insuplc_admdvs: '430100' },
      ...{ opter: '7', sign_no: null, recer_sys_code: null },
    });
  });

  it.each([
    ['no body', undefined, '报文不是有效的 JSON'],
    ['a list', [], '报文不是 JSON 对象'],
    ['no msgid', { ...body, msgid: '' }, '字段 报文.msgid（发送方报文 ID）缺失'],
    ['a msgid of 65 characters', { ...body, msgid: 'x'.repeat(65) }, '超过 64 个字'],
    ['no institution', { ...body, fixmedins_code: null }, '字段 报文.fixmedins_code（定点医药机构编号）缺失'],
  ])('[P5.2] %s is refused in words', (_, given, words) => {
    expect(() => read(given)).toThrow(words);
  });

  it('[P5.2] bytes that are not UTF-8 are no message', () => {
    expect(() => readBody(Buffer.from([0x7b, 0xb0, 0xb2, 0x7d]))).toThrow(NotUtf8);
  });

  it('[P5.2] an answer always has its six keys, with times to the millisecond and a number of its own', () => {
    const [first, second] = [successAnswer({ result: 1 }, reception), successAnswer({ result: 1 }, reception)];
    expect(first).toEqual({
      infcode: 0,
      inf_refmsgid: expect.stringMatching(/^00000020260316100001\d{10}$/),
      refmsg_time: '20260316100001000',
      respond_time: '20260316100002045',
      err_msg: '',
      output: { result: 1 },
    });
    expect(second.inf_refmsgid).not.toBe(first.inf_refmsgid);
  });

  it('[H83] what the hospital must correct is -2 with who acts and what to do next', () => {
    expect(refusalAnswer(refuse('TOTAL_DIFFERS', { given: '1.00', sum: '2.00' }), reception)).toMatchObject({
      infcode: -2,
      err_msg:
        '[TOTAL_DIFFERS] 医疗费总额 1.00 与已上传明细合计 2.00 不一致。（定点医药机构）核对明细是否传齐后重新结算。',
      output: null,
    });
  });

  it.each(['INTERNAL', 'BUSY', 'MESSAGE_RUNNING'] as const)(
    '[H83] %s is -1: the hospital does not know, and asks or reverses',
    (code) => {
      expect(refusalAnswer(refuse(code), reception).infcode).toBe(-1);
    },
  );
});
