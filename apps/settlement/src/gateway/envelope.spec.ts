import { describe, expect, it } from '@jest/globals';
import { atShanghai } from '#shared/clock';
import { refuse } from '#shared/errors';
import { readEnvelope, refusalAnswer, successAnswer } from './envelope.js';

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
  it('[P5.2] is read as far as the gateway looks at it; unknown keys are let through', () => {
    const { input, ...envelope } = readEnvelope('2207', body);
    expect(envelope).toEqual({
      infno: '2207',
      msgid: body.msgid,
      institutionCode: 'H43010000301',
      homeArea: '430100',
    });
    expect(input.node('data').text('psn_no')).toBe('1');
  });

  it('[P5.2] the home area may be missing, the transaction number may be left out', () => {
    const { infno: _infno, insuplc_admdvs: _area, ...rest } = body;
    expect(readEnvelope('1101', rest)).toMatchObject({ infno: '1101', homeArea: '' });
  });

  it.each([
    ['no body', undefined, '节点 报文 缺失或不是对象'],
    ['no msgid', { ...body, msgid: '' }, '字段 报文.msgid 缺失'],
    ['a msgid of 65 characters', { ...body, msgid: 'x'.repeat(65) }, '字段 报文.msgid 超过 64 个字'],
    ['no institution', { ...body, fixmedins_code: null }, '字段 报文.fixmedins_code 缺失'],
    ['no input', { ...body, input: undefined }, '节点 报文.input 缺失或不是对象'],
    ['another transaction than the address', { ...body, infno: '2208' }, '交易编号与地址不一致'],
  ])('[P5.2] %s is refused in words', (_, given, words) => {
    expect(() => readEnvelope('2207', given)).toThrow(words);
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

  it.each(['INTERNAL', 'BUSY'] as const)('[H83] %s is -1: the hospital does not know, and asks or reverses', (code) => {
    expect(refusalAnswer(refuse(code), reception).infcode).toBe(-1);
  });
});
