import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { RefusedException, refuse } from '../errors/index.js';

const mostProblems = 5;
const chinese = /[\u4e00-\u9fff]/;

/** The sentences of the fields' own rules; a rule of the library that has none names the field only. */
function sentences(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const name = path + property;
    const own = Object.entries(constraints).map(([rule, text]) => {
      if (rule === 'whitelistValidation') return `不应有字段 ${name.slice(0, 60)}`;
      return chinese.test(text) ? path + text : `字段 ${name} 不符合要求`;
    });
    return [...own, ...sentences(children, `${name}.`)];
  });
}

/** 参数校验: whatever the forms do not know or do not allow is refused, in Chinese, field by field. */
export const validation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => {
      const problems = [...new Set(sentences(errors))].slice(0, mostProblems);
      return new RefusedException(refuse('BAD_REQUEST', { detail: problems.join('；').slice(0, 400) }));
    },
  });
