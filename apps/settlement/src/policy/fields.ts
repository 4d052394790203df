import { addDays, isDay } from '#shared/clock';
import type { Day } from '#shared/clock';
import { parseYuan, ratio } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { Place } from './pack-text.js';

/** How one kind of value is read, and how it looks to an editor (JSON schema). Problems go to the place. */
export interface Field<T> {
  read(place: Place): T | undefined;
  readonly schema: object;
}

const scalarField = <T>(schema: object, expected: string, convert: (text: string) => T | undefined): Field<T> => ({
  schema,
  read(place) {
    const { scalar } = place;
    const value = scalar === undefined ? undefined : convert(scalar);
    if (value === undefined) place.problem(`write ${expected}${scalar === undefined ? '' : ` instead of "${scalar}"`}`);
    return value;
  },
});

const numeric = (pattern: string, maximum?: number, type: 'number' | 'integer' = 'number') => ({
  anyOf: [
    { type, minimum: 0, ...(maximum === undefined ? {} : { maximum }) },
    { type: 'string', pattern },
  ],
});
const matching = <T>(pattern: RegExp, convert: (text: string) => T) => {
  return (text: string): T | undefined => (pattern.test(text) ? convert(text) : undefined);
};

export const text: Field<string> = scalarField(
  { type: ['string', 'number'] },
  'a text that is not empty',
  (value) => value.trim() || undefined,
);

export const amount: Field<Fen> = scalarField(
  numeric('^\\d{1,11}(\\.\\d{1,2})?$'),
  'an amount in yuan with at most two decimals, for example 1100 or 0.50',
  matching(/^\d{1,11}(\.\d{1,2})?$/, parseYuan),
);

export const unitRatio: Field<Ratio> = scalarField(
  numeric('^(0(\\.\\d{1,6})?|1(\\.0{1,6})?)$', 1),
  'a ratio between 0 and 1 with at most six decimals, for example 0.85',
  matching(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, ratio),
);

/** Percentage points as a ratio: 5 points are 0.05. */
export const points: Field<Ratio> = scalarField(
  numeric('^(100|\\d{1,2})(\\.\\d{1,2})?$', 100),
  'percentage points between 0 and 100, for example 5',
  matching(/^(100|\d{1,2})(\.\d{1,2})?$/, (value) => ratio(value).div(100)),
);

export const factor: Field<Ratio> = scalarField(
  numeric('^(10|\\d(\\.\\d{1,6})?)$', 10),
  'a factor between 0 and 10, for example 0.5',
  matching(/^(10|\d(\.\d{1,6})?)$/, ratio),
);

export const whole: Field<number> = scalarField(
  numeric('^\\d{1,4}$', 9999, 'integer'),
  'a whole number, for example 90',
  matching(/^\d{1,4}$/, Number),
);

export const day: Field<Day> = scalarField(
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  'a day as yyyy-mm-dd',
  (value) => (isDay(value) ? value : undefined),
);

export const monthDay: Field<string> = scalarField(
  { type: 'string', pattern: '^\\d{2}-\\d{2}$' },
  'month and day as mm-dd, for example 07-01',
  (value) => (isDay(`2001-${value}`) ? value : undefined),
);

export const areaCode: Field<string> = scalarField(
  { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d{6}$' }] },
  'an area code of six digits',
  matching(/^\d{6}$/, String),
);

export const flag: Field<boolean> = scalarField({ type: 'boolean' }, 'true or false', (value) =>
  value === 'true' ? true : value === 'false' ? false : undefined,
);

export const word = <T extends string>(...values: readonly T[]): Field<T> =>
  scalarField(
    { enum: [...values, ...values.filter((value) => /^\d+$/.test(value)).map(Number)] },
    `one of ${values.join(', ')}`,
    (value) => values.find((one) => one === value),
  );

export const pattern = (expression: RegExp, expected: string): Field<string> =>
  scalarField({ type: 'string', pattern: expression.source }, expected, (value) =>
    expression.test(value) ? value : undefined,
  );

/** A field that may also be the word `none`. */
export const orNone = <T>(field: Field<T>): Field<T | null> => ({
  schema: { anyOf: [{ const: 'none' }, field.schema] },
  read: (place) => (place.scalar === 'none' ? null : field.read(place)),
});

export const list = <T>(field: Field<T>, atLeast = 0): Field<T[]> => ({
  schema: { type: 'array', items: field.schema, minItems: atLeast },
  read(place) {
    if (!place.isList) {
      place.problem('write a list, for example [one, two]');
      return undefined;
    }
    const items = place.items();
    if (items.length < atLeast) place.problem(`needs at least ${atLeast} entr${atLeast === 1 ? 'y' : 'ies'}`);
    const read = items.map((item) => field.read(item));
    return read.includes(undefined) ? undefined : (read as T[]);
  },
});

type Shape = Readonly<Record<string, { readonly field: Field<unknown>; readonly optional?: boolean }>>;
export type Read<S extends Shape> = {
  readonly [K in keyof S as S[K] extends { optional: true } ? never : K]: S[K]['field'] extends Field<infer T>
    ? T
    : never;
} & {
  readonly [K in keyof S as S[K] extends { optional: true } ? K : never]?: S[K]['field'] extends Field<infer T>
    ? T
    : never;
};

export const needed = <T>(field: Field<T>) => ({ field });
export const maybe = <T>(field: Field<T>) => ({ field, optional: true as const });

/** A map with exactly these keys. Keys that it does not know are problems, because they would be ignored silently. */
export const shape = <S extends Shape>(keys: S): Field<Read<S>> => ({
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(keys).map(([key, { field }]) => [key, field.schema])),
    required: Object.entries(keys).flatMap(([key, { optional }]) => (optional === true ? [] : [key])),
  },
  read(place) {
    if (!place.isMap) {
      place.problem(`write a map with ${Object.keys(keys).join(', ')}`);
      return undefined;
    }
    const given = new Map(place.entries());
    for (const [key, value] of given)
      if (!(key in keys)) value.problem(`unknown key; known are ${Object.keys(keys).join(', ')}`);
    let complete = true;
    const result: Record<string, unknown> = {};
    for (const [key, { field, optional }] of Object.entries(keys)) {
      const value = given.get(key);
      if (value === undefined) {
        if (optional === true) continue;
        place.problem(`"${key}" is missing`);
        complete = false;
        continue;
      }
      const read = field.read(value);
      if (read === undefined) complete = false;
      else result[key] = read;
    }
    return complete ? (result as Read<S>) : undefined;
  },
});

/** The day before, for comparing versions that follow one another. */
export const dayBefore = (value: Day): Day => addDays(value, -1);
