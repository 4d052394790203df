import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import Type from 'typebox';
import type { TSchema } from 'typebox';
import { nullable, strict } from '../contracts/fields.js';

/** What every refusal looks like over REST. */
const RefusalAnswer = Type.Object(
  {
    code: Type.String(),
    who: Type.String(),
    message: Type.String(),
    next: Type.String(),
    articles: Type.Array(Type.String()),
    traceId: Type.String(),
  },
  strict,
);

const refusalStatuses = [400, 401, 403, 404, 409, 413, 422] as const;

/** 应答: the shape of a route's answer, and of its refusals, on the API page; the fuzzer holds every answer against it. */
export const Answer = (schema: TSchema, status: 200 | 201 = 200): MethodDecorator =>
  applyDecorators(
    ApiResponse({ status, schema, description: '办理结果' }),
    ...refusalStatuses.map((refusal) =>
      ApiResponse({ status: refusal, schema: RefusalAnswer, description: '不予办理' }),
    ),
  );

/** A route that answers with a file. */
export const FileAnswer = (mediaType: string): MethodDecorator =>
  applyDecorators(
    ApiResponse({
      status: 200,
      description: '文件',
      content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
    ...refusalStatuses.map((refusal) =>
      ApiResponse({ status: refusal, schema: RefusalAnswer, description: '不予办理' }),
    ),
  );

/** Field kinds of answers. */
export const AnswerFields = {
  text: Type.String(),
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  area: Type.String({ pattern: '^\\d{6}$' }),
  count: Type.Integer({ minimum: 0 }),
  flag: Type.Boolean(),
  maybeText: nullable(Type.String()),
  maybeDay: nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  maybeArea: nullable(Type.String({ pattern: '^\\d{6}$' })),
} as const;

export const AnswerObject = <P extends Record<string, TSchema>>(properties: P): TSchema =>
  Type.Object(properties, strict);
export const AnswerList = (of: TSchema): TSchema => Type.Array(of);
