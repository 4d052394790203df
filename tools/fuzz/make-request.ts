import type { OpenAPIObject } from '@nestjs/swagger';
import type { Random } from './random.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export interface FuzzOperation {
  readonly method: 'get' | 'post' | 'put' | 'delete' | 'patch';
  readonly path: string;
  readonly operation: Operation;
}

export interface FuzzRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

type Known = ReadonlyMap<string, readonly string[]>;

/** Texts that programs stumble over. */
const nasty = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    'true',
    '[]',
    '{}',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '😀',
    '％',
    "'; drop table filing; --",
    '%',
    '_',
    '\\',
  ],
  ...[
    '9'.repeat(19),
    '1e400',
    '2026-02-30',
    '2026-02-29',
    '0000-01-01',
    '9999-12-31',
    '1800-01-01',
    '2024-02-29',
    '../../etc/passwd',
  ],
  ...[
    '长'.repeat(600),
    'x'.repeat(70_000),
    '430100',
    '000000',
    '999999',
    '\n\r\t',
    '\u202e',
    '__proto__',
    'constructor',
  ],
];
const wrong: readonly unknown[] = [null, true, 0, -1, 1.5, 1e308, [], {}, [null], [[]], { a: 1 }, ['x', 1]];

/** A request for an operation: mostly as the document asks, now and then wrong in one place or in all. */
export function makeRequest(
  { method, path, operation }: FuzzOperation,
  document: OpenAPIObject,
  known: Known,
  random: Random,
): FuzzRequest {
  const wildness = random.pick([0, 0, 0.03, 0.1, 0.4]);
  const maker = new ValueMaker(document, known, random, wildness);
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of operation.parameters ?? []) {
    if ('$ref' in parameter) continue;
    const value = maker.text(parameter.name);
    if (parameter.in === 'path')
      filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value.slice(0, 200).toWellFormed()) || 'x');
    else if (parameter.in === 'query' && (parameter.required === true || random.chance(0.6))) {
      query.append(parameter.name, value.toWellFormed());
      if (random.chance(wildness / 4)) query.append(parameter.name, 'twice');
    }
  }
  const url = query.size === 0 ? filled : `${filled}?${query.toString()}`;
  const request = { method: method.toUpperCase() as FuzzRequest['method'], path: url };
  const asked = operation.requestBody;
  if (asked === undefined || '$ref' in asked) return request;
  const schema = asked.content['application/json']?.schema;
  if (schema === undefined) return { ...request, contentType: 'text/csv', body: maker.text('file') };
  const body = JSON.stringify(maker.value('body', schema as Schema));
  if (random.chance(wildness / 5))
    return { ...request, contentType: 'application/json', body: body.slice(0, body.length / 2) };
  return { ...request, contentType: 'application/json', body };
}

class ValueMaker {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly known: Known,
    private readonly random: Random,
    private readonly wildness: number,
  ) {}

  text(name: string, example?: unknown): string {
    if (this.random.chance(this.wildness)) return this.random.pick(nasty);
    const values = this.known.get(name);
    if (values !== undefined && values.length > 0 && this.random.chance(0.95)) return this.random.pick(values);
    return typeof example === 'string' ? example : this.random.pick(nasty.slice(0, 8));
  }

  value(name: string, given: Schema, depth = 0): unknown {
    if (this.random.chance(this.wildness / 2)) return this.random.pick<unknown>([...wrong, ...nasty]);
    const schema = this.resolve(given);
    if (schema.enum !== undefined) return this.random.pick(schema.enum);
    if (schema.properties !== undefined) return this.object(schema.properties, depth);
    if (schema.type === 'array' || Array.isArray(schema.example)) return this.list(name, schema, depth);
    if (schema.type === 'boolean' || typeof schema.example === 'boolean') return this.random.chance(0.5);
    if (schema.type === 'number' || typeof schema.example === 'number') return this.random.below(100);
    return this.text(name, schema.example);
  }

  private object(properties: Readonly<Record<string, Schema>>, depth: number): Record<string, unknown> {
    const entries = Object.entries(properties)
      .filter(() => !this.random.chance(this.wildness / 3))
      .map(([key, schema]) => [key, this.value(key, schema, depth + 1)] as const);
    const more = this.random.chance(this.wildness / 4) ? [[this.random.pick(nasty).slice(0, 30), 1] as const] : [];
    return Object.fromEntries<unknown>([...entries, ...more]);
  }

  private list(name: string, { items, example }: Schema, depth: number): unknown[] {
    const length = depth > 3 ? 0 : this.random.pick([0, 1, 1, 2, 3]);
    const [sample] = Array.isArray(example) ? (example as unknown[]) : [];
    return Array.from({ length }, () =>
      items === undefined || (items.type === 'string' && items.properties === undefined)
        ? this.text(name, sample)
        : this.value(name, items, depth + 1),
    );
  }

  private resolve(schema: Schema): Schema {
    const { $ref: reference } = schema;
    if (reference === undefined) return schema;
    const found = this.document.components?.schemas?.[reference.split('/').at(-1) ?? ''];
    return found === undefined ? {} : (found as Schema);
  }
}
