import type { OpenAPIObject } from '@nestjs/swagger';
import { Compile } from 'typebox/compile';
import { makeRequest } from './make-request.js';
import type { FuzzOperation, FuzzRequest } from './make-request.js';
import { Random } from './random.js';

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

export interface FuzzOptions {
  readonly document: OpenAPIObject;
  readonly requests: number;
  readonly seed: number;
  /** Values that exist in the service, by the name of the field that they fit into. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly send: (request: FuzzRequest) => Promise<FuzzAnswer>;
  /** Ids that an answer brings are learnt for later requests. */
  readonly learn?: readonly string[];
}

export interface FuzzReport {
  readonly requests: number;
  readonly byStatus: Readonly<Record<number, number>>;
  /** Operations that were answered with a success at least once. */
  readonly reached: readonly string[];
  readonly operations: number;
  readonly faults: readonly string[];
}

const methods = ['get', 'post', 'put', 'delete', 'patch'] as const;
const mostFaults = 20;

/** Every operation of an interface document. */
export function operationsOf(document: OpenAPIObject): FuzzOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

/**
 * 接口模糊测试: sends requests that are made from the interface document, right ones and wrong ones, always the same for one seed.
 * No answer may be a fault of the server, have a status that the document does not know, or break its own schema.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const random = new Random(options.seed);
  const operations = operationsOf(options.document);
  const known = new Map(Object.entries(options.known).map(([name, values]) => [name, [...values]]));
  const byStatus: Record<number, number> = {};
  const reached = new Set<string>();
  const faults: string[] = [];
  const check = new AnswerCheck();
  for (let sent = 0; sent < options.requests && faults.length < mostFaults; sent += 1) {
    const operation = operations[sent % operations.length] ?? random.pick(operations);
    const request = makeRequest(operation, options.document, known, random);
    const answer = await options.send(request);
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
    const name = `${operation.method} ${operation.path}`;
    if (answer.status < 300) {
      reached.add(name);
      learn(answer.body, known, options.learn ?? [], random);
    }
    const fault = check.faultOf(operation, answer);
    if (fault !== undefined) faults.push(`#${sent} ${name}: ${fault}\n${JSON.stringify(request).slice(0, 600)}`);
  }
  return { requests: options.requests, byStatus, reached: [...reached].sort(), operations: operations.length, faults };
}

class AnswerCheck {
  private readonly compiled = new Map<object, ReturnType<typeof Compile>>();

  faultOf({ operation }: FuzzOperation, { status, contentType, body }: FuzzAnswer): string | undefined {
    if (status >= 500) return `answered ${status}: ${JSON.stringify(body).slice(0, 300)}`;
    const documented = operation.responses[String(status)];
    if (documented === undefined || '$ref' in documented) return `the document does not know the status ${status}`;
    const content = documented.content ?? {};
    const media = Object.keys(content).find((type) => contentType.startsWith(type));
    if (media === undefined) return `answered ${contentType}, which the document does not know for ${status}`;
    const schema = content[media]?.schema;
    if (schema === undefined || media !== 'application/json') return undefined;
    const compiled = this.compiled.get(schema) ?? Compile(schema);
    this.compiled.set(schema, compiled);
    if (compiled.Check(body)) return undefined;
    const problems = compiled.Errors(body).map(({ instancePath, message }) => `${instancePath} ${message}`);
    return `breaks its schema for ${status}: ${problems.slice(0, 3).join('; ')}`;
  }
}

const mostLearnt = 200;

function learn(body: unknown, known: Map<string, string[]>, names: readonly string[], random: Random): void {
  const one: unknown = Array.isArray(body) ? (body as unknown[])[0] : body;
  if (typeof one !== 'object' || one === null) return;
  for (const name of names) {
    const value = (one as Record<string, unknown>)[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const values = known.get(name) ?? [];
    if (values.length < mostLearnt) values.push(String(value));
    else values[random.below(mostLearnt)] = String(value);
    known.set(name, values);
  }
}
