import Type from 'typebox';
import type { TSchema } from 'typebox';
import { isDay } from '../clock/index.js';
import type { Day } from '../clock/index.js';
import { MoneyFormatError, parseYuan } from '../money/index.js';
import type { Fen } from '../money/index.js';
import { Flaw } from './field.js';
import type { Field } from './field.js';

const field = <V, S, A>(
  title: string,
  form: string,
  schema: TSchema,
  read: (raw: unknown) => V | Flaw,
  table: string | null = null,
): Field<V, S, A> => ({ kind: 'field', title, form, need: 'needed', table, aliases: [], schema, read });

// Neither Postgres nor a screen can hold these.
const unusable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text as it is meant: numbers as they are written, blanks at both ends gone. */
function asText(raw: unknown, longest: number): string | Flaw {
  const text = typeof raw === 'string' ? raw.trim() : typeof raw === 'number' ? String(raw) : undefined;
  if (text === undefined) return new Flaw('应为文本或数字');
  if ([...text].length > longest) return new Flaw(`超过 ${longest} 个字`);
  return unusable.test(text) || !text.isWellFormed() ? new Flaw('含有不能使用的字符') : text;
}

/** 字符型. */
export const text = (title: string, longest: number): Field<string, string | number, string> =>
  field(title, `C${longest}`, Type.String({ maxLength: longest }), (raw) => asText(raw, longest));

/** 字典: a code of a table; `width` fills up with zeros what some clients send without. */
export const code = (
  title: string,
  longest: number,
  table: string,
  width = 0,
): Field<string, string | number, string> =>
  field(
    title,
    `C${longest}`,
    Type.String({ maxLength: longest }),
    (raw) => {
      const read = asText(raw, longest);
      return typeof read === 'string' && /^\d+$/.test(read) ? read.padStart(width, '0') : read;
    },
    table,
  );

/** 标志: 0 or 1 and nothing else in answers. */
export const flag = (title: string): Field<boolean, '0' | '1' | 0 | 1, '0' | '1'> =>
  field(
    title,
    'C3',
    Type.Union([Type.Literal('0'), Type.Literal('1')]),
    (raw) => {
      const read = asText(raw, 3);
      return typeof read === 'string' ? /^0*1$/.test(read) : read;
    },
    'flag',
  );

/** 医保区划. */
export const area = (title: string): Field<string, string | number, string> =>
  field(title, 'C6', Type.String({ pattern: '^\\d{6}$' }), (raw) => {
    const read = asText(raw, 6);
    return typeof read !== 'string' || /^\d{6}$/.test(read) ? read : new Flaw('应为 6 位区划代码');
  });

const farthest = 0.000_1;

/** 金额: two decimals. A JSON number may carry the noise of binary fractions, a text may not. */
export const yuan = (title: string): Field<Fen, string | number, number> =>
  field(title, 'N16,2', Type.Number({ minimum: -1e14, maximum: 1e14 }), (raw) => {
    const cents = typeof raw === 'number' ? raw * 100 : 0;
    const written =
      typeof raw === 'number' && Number.isFinite(raw) && Math.abs(cents - Math.round(cents)) < farthest
        ? raw.toFixed(2)
        : asText(raw, 20);
    if (typeof written !== 'string') return written;
    try {
      return parseYuan(written);
    } catch (error) {
      if (error instanceof MoneyFormatError) return new Flaw('不是两位小数的金额');
      throw error;
    }
  });

/** 数值型 with decimals, kept as the decimal text it is. */
export const decimal = (title: string, form: string): Field<string, string | number, number> => {
  const [digits = 16, decimals = 0] = form.split(',').map(Number);
  const pattern = new RegExp(`^-?\\d{1,${digits - decimals}}(\\.\\d{1,${Math.max(decimals, 1)}})?$`);
  return field(title, `N${form}`, Type.Number({ minimum: -1e14, maximum: 1e14 }), (raw) => {
    const exact = typeof raw === 'number' && Number.isFinite(raw) ? trimmed(raw, decimals) : asText(raw, 30);
    if (typeof exact !== 'string') return exact;
    const plain = exact.replace(/^(-?\d+)\.0*$/, '$1').replace(/(\.\d*[1-9])0+$/, '$1');
    return pattern.test(plain) ? plain : new Flaw(`不是数字（最多 ${decimals} 位小数）`);
  });
};

function trimmed(raw: number, decimals: number): string {
  const fixed = raw.toFixed(decimals);
  return Math.abs(Number(fixed) - raw) <= Math.abs(raw) * 1e-12 ? fixed : String(raw);
}

/** 整数. */
export const count = (title: string, digits: number): Field<number, string | number, number> =>
  field(title, `N${digits}`, Type.Integer({ minimum: 0, maximum: 10 ** digits - 1 }), (raw) => {
    const read = asText(raw, 20);
    if (typeof read !== 'string') return read;
    const whole = read.replace(/\.0+$/, '');
    return /^\d+$/.test(whole) && whole.replace(/^0+(?=\d)/, '').length <= digits
      ? Number(whole)
      : new Flaw(`应为不超过 ${digits} 位的整数`);
  });

const isUsableDay = (written: string): boolean => isDay(written) && written >= '1900-01-01' && written < '2200-01-01';

/** 日期 yyyy-MM-dd; a time behind it is tolerated. */
export const day = (title: string): Field<Day, string, Day> =>
  field(title, 'D', Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), (raw) => {
    const read = asText(raw, 30);
    if (typeof read !== 'string') return read;
    const written = read.slice(0, 10).replaceAll('/', '-');
    return isUsableDay(written) ? written : new Flaw('不是存在的日期（yyyy-MM-dd）');
  });

/** 日期时间 yyyy-MM-dd HH:mm:ss; a date alone means midnight. */
export const dateTime = (title: string): Field<string, string, string> =>
  field(title, 'DT', Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' }), (raw) => {
    const read = asText(raw, 30);
    if (typeof read !== 'string') return read;
    const match = /^(\d{4}[-/]\d{2}[-/]\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,6})?)?)?$/.exec(
      read,
    );
    const written = match?.[1]?.replaceAll('/', '-') ?? '';
    return match !== null && isUsableDay(written)
      ? `${written} ${match[2] ?? '00'}:${match[3] ?? '00'}:${match[4] ?? '00'}`
      : new Flaw('不是存在的时间（yyyy-MM-dd HH:mm:ss）');
  });

/** 扩展字段: an object, or the text of one; a text that is none is nobody's business. */
export const extension = (): Field<Readonly<Record<string, unknown>>, string | object, string> =>
  field('扩展字段', 'C4000', Type.String({ maxLength: 4000 }), (raw) => {
    const parsed = typeof raw === 'string' ? parsedOrNothing(raw.slice(0, 4000)) : raw;
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>)
      : {};
  });

function parsedOrNothing(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

const largestFile = 8 * 1024 * 1024;

/** 文件内容: Base64, or a list of bytes that may be signed. */
export const bytes = (title: string): Field<Uint8Array, string | readonly number[], string> =>
  field(title, 'BYTE[]', Type.String(), (raw) => {
    const content = Array.isArray(raw) ? ofNumbers(raw) : typeof raw === 'string' ? ofBase64(raw) : undefined;
    if (content === undefined || content.length === 0) return new Flaw('应为 Base64 文本或字节数组');
    return content.length > largestFile ? new Flaw('超过 8 MB') : content;
  });

const isByte = (value: unknown): value is number => Number.isInteger(value) && Math.abs(Number(value)) <= 255;
const ofNumbers = (raw: readonly unknown[]): Uint8Array | undefined =>
  raw.every(isByte) ? Uint8Array.from(raw, (value) => value & 0xff) : undefined;
const ofBase64 = (raw: string): Uint8Array | undefined =>
  /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(raw) ? Buffer.from(raw, 'base64') : undefined;
