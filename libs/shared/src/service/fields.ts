import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isDay } from '../clock/index.js';

/** Fields of REST bodies: validation with a Chinese sentence and the line in the API page, in one decorator each. */
type FieldDecorator = PropertyDecorator;

const described = (description: string, example: unknown, ...rules: PropertyDecorator[]): FieldDecorator =>
  applyDecorators(
    ApiProperty({ description, example, type: typeof example === 'string' ? String : undefined } as object),
    ...rules,
  );

export const TextField = (name: string, longest = 200): FieldDecorator =>
  described(
    name,
    name,
    IsString({ message: `$property（${name}）应为文本` }),
    Length(1, longest, { message: `$property（${name}）应为 1 至 ${longest} 个字` }),
  );

export const CodeField = (name: string, pattern: RegExp, example: string): FieldDecorator =>
  described(name, example, Matches(pattern, { message: `$property（${name}）格式不正确，例如 ${example}` }));

export const AreaField = (name = '医保区划'): FieldDecorator => CodeField(name, /^\d{6}$/, '430100');
export const MonthField = (name = '月份'): FieldDecorator => CodeField(name, /^\d{4}-(0[1-9]|1[0-2])$/, '2026-03');

/** An amount in yuan, as text with at most two decimals. */
export const YuanField = (name: string): FieldDecorator => CodeField(name, /^-?\d{1,14}(\.\d{1,2})?$/, '12.34');

export const DayField = (name: string): FieldDecorator =>
  described(
    name,
    '2026-03-01',
    ValidateBy({
      name: 'isDay',
      validator: {
        validate: (value) => typeof value === 'string' && isDay(value),
        defaultMessage: () => `$property（${name}）应为存在的日期，例如 2026-03-01`,
      },
    }),
  );

export const InstantField = (name: string): FieldDecorator =>
  described(
    name,
    '2026-03-01T10:00:00+08:00',
    IsISO8601({ strict: true }, { message: `$property（${name}）应为带时区的时间` }),
    Matches(/(Z|[+-]\d{2}:\d{2})$/, { message: `$property（${name}）应带时区` }),
  );

export const ChoiceField = (name: string, choices: readonly string[]): FieldDecorator =>
  described(name, choices[0], IsIn(choices, { message: `$property（${name}）应为：${choices.join('、')}` }));

export const FlagField = (name: string): FieldDecorator =>
  described(name, true, IsBoolean({ message: `$property（${name}）应为 true 或 false` }));

export const NumberField = (name: string, least: number, most: number): FieldDecorator =>
  described(
    name,
    least,
    IsInt({ message: `$property（${name}）应为整数` }),
    Min(least, { message: `$property（${name}）不得小于 ${least}` }),
    Max(most, { message: `$property（${name}）不得大于 ${most}` }),
  );

export const TextListField = (name: string, most = 50): FieldDecorator =>
  described(
    name,
    [name],
    IsArray({ message: `$property（${name}）应为列表` }),
    ArrayMaxSize(most),
    IsString({ each: true, message: `$property（${name}）应为文本列表` }),
  );

export const ListField = (name: string, of: () => new () => object, most = 1000): FieldDecorator =>
  applyDecorators(
    ApiProperty({ description: name, type: of, isArray: true }),
    IsArray({ message: `$property（${name}）应为列表` }),
    ArrayMaxSize(most, { message: `$property（${name}）一次最多 ${most} 条` }),
    ValidateNested({ each: true }),
    Type(of),
  );

/** May be missing. */
export const Optional = (): PropertyDecorator => IsOptional();
/** Must be there, but may be null. */
export const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== null);
