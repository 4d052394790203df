import { EnvelopeProblem, Flaw } from './field.js';
import type { Field, List, Node, Read, Shape } from './field.js';

type Content = Readonly<Record<string, unknown>>;

const mostRows = 1000;

const isObject = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** The value under the first of its spellings that holds something. */
function valueOf(content: Content, name: string, aliases: readonly string[]): unknown {
  const names = [name, ...aliases].filter((one) => Object.hasOwn(content, one) && !isEmpty(content[one]));
  return names[0] === undefined ? undefined : content[names[0]];
}

/** 宽松读取: numbers or texts, null, empty or missing, nodes as objects or as their text, keys that nobody knows. */
export function readShape<S extends Shape>(shape: S, raw: unknown, path: string): Read<S> {
  const content = objectOf(raw, path);
  const result: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(shape)) {
    const value = valueOf(content, name, part.aliases);
    const flat = part.kind === 'node' && part.flat === true && isEmpty(value);
    result[name] = flat ? readShape(part.fields, content, path) : readPart(part, value, `${path}.${name}`);
  }
  return result as Read<S>;
}

function readPart(part: Field | Node | List, value: unknown, path: string): unknown {
  if (part.kind === 'field') return readField(part, value, path);
  if (part.kind === 'list') return readList(part, value, path);
  if (isEmpty(value) && part.need === 'optional') return null;
  return readShape(part.fields, value, path);
}

function readField(field: Field, value: unknown, path: string): unknown {
  if (isEmpty(value)) {
    if (field.need === 'needed') throw new EnvelopeProblem(`字段 ${path}（${field.title}）缺失`);
    return null;
  }
  const read = field.read(value);
  if (read instanceof Flaw) throw new EnvelopeProblem(`字段 ${path}（${field.title}）${read.words}`);
  return read;
}

/** A single object counts as a list of one. */
function readList(part: List, value: unknown, path: string): unknown[] {
  const parsed = typeof value === 'string' && !isEmpty(value) ? parseJson(value, path) : value;
  const items: readonly unknown[] = Array.isArray(parsed) ? parsed : isEmpty(parsed) ? [] : [parsed];
  if (items.length === 0 && part.need !== 'optional') throw new EnvelopeProblem(`节点 ${path} 缺失或为空`);
  if (items.length > mostRows) throw new EnvelopeProblem(`节点 ${path} 一次最多 ${mostRows} 行`);
  return items.map((item, index) => readShape(part.fields, item, `${path}[${index}]`));
}

function objectOf(raw: unknown, path: string): Content {
  const parsed = typeof raw === 'string' ? parseJson(raw, path) : raw;
  if (!isObject(parsed)) throw new EnvelopeProblem(`节点 ${path} 缺失或不是对象`);
  return parsed;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvelopeProblem(`节点 ${path} 不是有效的 JSON`);
  }
}
