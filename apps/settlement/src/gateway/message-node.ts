import { isDay } from '#shared/clock';
import type { Day } from '#shared/clock';
import { MoneyFormatError, parseYuan } from '#shared/money';
import type { Fen } from '#shared/money';

/** A field of a message cannot be read; the detail names it in words and never shows its content. */
export class EnvelopeProblem extends Error {
  constructor(readonly detail: string) {
    super(detail);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** 报文节点: reads what hospitals send in their ways: numbers or texts, null, empty or missing, keys nobody knows. */
export class MessageNode {
  constructor(
    private readonly raw: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static of(value: unknown, path: string): MessageNode {
    const parsed = typeof value === 'string' ? parseJson(value, path) : value;
    if (!isObject(parsed)) throw new EnvelopeProblem(`节点 ${path} 缺失或不是对象`);
    return new MessageNode(parsed, path);
  }

  get content(): unknown {
    return this.raw;
  }

  has(name: string): boolean {
    return isObject(this.raw[name]) || Array.isArray(this.raw[name]);
  }

  node(name: string): MessageNode {
    return MessageNode.of(this.raw[name], `${this.path}.${name}`);
  }

  /** A list of nodes; a single object counts as a list of one. */
  list(name: string): MessageNode[] {
    const value = this.raw[name];
    const items = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? [value] : undefined;
    if (items === undefined) throw new EnvelopeProblem(`节点 ${this.path}.${name} 缺失或不是列表`);
    return items.map((item, index) => MessageNode.of(item, `${this.path}.${name}[${index}]`));
  }

  /** The text of a field; empty where it is missing, null or empty. Numbers are taken as they are written. */
  text(name: string, longest = 2000): string {
    const value = this.raw[name];
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
    if (text.length > longest) throw new EnvelopeProblem(`字段 ${this.path}.${name} 超过 ${longest} 个字`);
    return text;
  }

  need(name: string, longest = 200): string {
    const text = this.text(name, longest);
    if (text === '') throw new EnvelopeProblem(`字段 ${this.path}.${name} 缺失`);
    return text;
  }

  yuan(name: string): Fen {
    try {
      return parseYuan(this.need(name));
    } catch (error) {
      if (error instanceof MoneyFormatError) throw new EnvelopeProblem(`字段 ${this.path}.${name} 不是两位小数的金额`);
      throw error;
    }
  }

  /** A decimal number as text, for prices and quantities. */
  decimal(name: string): string {
    const text = this.need(name);
    if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(text)) throw new EnvelopeProblem(`字段 ${this.path}.${name} 不是数字`);
    return text;
  }

  count(name: string): number {
    const text = this.need(name);
    if (!/^\d{1,9}$/.test(text)) throw new EnvelopeProblem(`字段 ${this.path}.${name} 不是整数`);
    return Number(text);
  }

  /** The day of a date or a date-time. */
  day(name: string): Day {
    const text = this.need(name).slice(0, 10);
    if (!isDay(text)) throw new EnvelopeProblem(`字段 ${this.path}.${name} 不是存在的日期`);
    return text;
  }

  flag(name: string): boolean {
    return this.text(name) === '1';
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvelopeProblem(`节点 ${path} 不是有效的 JSON`);
  }
}
