import Type from 'typebox';
import type { TLiteral, TUnion } from 'typebox';

/** Field kinds that the contracts share. Amounts are decimal strings in yuan with two decimals. */
export const Yuan = Type.String({ pattern: '^-?\\d{1,14}\\.\\d{2}$' });
export const DayField = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const MonthField = Type.String({ pattern: '^\\d{4}-\\d{2}$' });
/** 医保区划: a six-digit area code. */
export const Area = Type.String({ pattern: '^\\d{6}$' });
export const Id = Type.String({ minLength: 1, maxLength: 64 });
export const Text = Type.String({ maxLength: 500 });
/** 险种: 310 employees, 390 residents. */
export const Scheme = Type.Union([Type.Literal('310'), Type.Literal('390')]);
/** 基金支付类型, for example 310100. */
export const FundType = Type.String({ pattern: '^\\d{6}$' });
export const FundAmount = Type.Object({ fundType: FundType, amount: Yuan }, { additionalProperties: false });

export const nullable = <T extends Type.TSchema>(schema: T): TUnion<[T, Type.TNull]> =>
  Type.Union([schema, Type.Null()]);

export const oneOf = <const V extends readonly string[]>(
  ...values: V
): TUnion<{ -readonly [K in keyof V]: TLiteral<V[K] & string> }> =>
  Type.Union(values.map((value) => Type.Literal(value))) as TUnion<{
    -readonly [K in keyof V]: TLiteral<V[K] & string>;
  }>;

export const strict = { additionalProperties: false } as const;
