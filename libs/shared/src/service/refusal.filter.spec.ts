import { describe, expect, it } from '@jest/globals';
import { HttpException, NotFoundException } from '@nestjs/common';
import { describe as inWords, RefusedException, refuse } from '../errors/index.js';
import { MoneyFormatError } from '../money/index.js';
import { refusalOf } from './refusal.filter.js';
import { UnreadableRequest } from './request-bodies.js';

const shown = (exception: unknown): string => {
  const { code, message } = inWords(refusalOf(exception));
  return `${code} ${message}`;
};

describe('errors on their way out', () => {
  it('[H83] a refusal keeps its code and its words', () => {
    expect(shown(new RefusedException(refuse('NOT_FOUND', { what: '该划拨' })))).toBe('NOT_FOUND 没有找到该划拨。');
  });

  it('[H83] no text of an unexpected exception reaches a caller', () => {
    expect(shown(new Error('password=secret'))).toBe('INTERNAL 系统内部错误，已记录。');
    expect(shown('password=secret')).toBe('INTERNAL 系统内部错误，已记录。');
    expect(shown(undefined)).toBe('INTERNAL 系统内部错误，已记录。');
  });

  it.each([{ code: 'ECONNREFUSED' }, { driverError: { code: '57P01' } }, { code: '53300' }])(
    '[H83] a database that cannot be asked (%j) is "busy": the same message may come again',
    (error) => {
      expect(refusalOf(Object.assign(new Error('x'), error)).code).toBe('BUSY');
    },
  );

  it('[H83] an amount that is none, a body that is no JSON and a field that is wrong are the caller’s to correct', () => {
    expect(shown(new MoneyFormatError('1.234'))).toBe(
      'BAD_REQUEST 请求内容不符合接口要求：金额应为两位小数的元，例如 12.34',
    );
    const syntax = Object.assign(new SyntaxError('Unexpected token 1 in 110105194912310'), { statusCode: 400 });
    expect(shown(syntax)).toBe('BAD_REQUEST 请求内容不符合接口要求：地址或参数的格式不正确');
    const body = new UnreadableRequest('不是有效的 JSON');
    expect(shown(body)).toBe('BAD_REQUEST 请求内容不符合接口要求：不是有效的 JSON');
  });

  it('[H83] unknown addresses, bodies that are too large and wrong media types have their codes', () => {
    expect(refusalOf(new NotFoundException()).code).toBe('NOT_FOUND');
    expect(refusalOf(Object.assign(new Error('big'), { statusCode: 413 })).code).toBe('TOO_LARGE');
    expect(refusalOf(new HttpException('type', 415)).code).toBe('BAD_REQUEST');
  });
});
