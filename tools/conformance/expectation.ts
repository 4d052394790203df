import { answerProblems } from '#shared/gateway-client';
import type { Exchange } from '#shared/gateway-client';
import { baseInfno, isInfno } from '#shared/national-interface';

export type Json = Readonly<Record<string, unknown>>;

/** An answer as any gateway of the interface may write it: the code as number or text, unknown keys tolerated. */
export interface Answered {
  readonly infcode: number;
  readonly errMsg: string;
  readonly output: Json;
}

/** What a step hopes for: in words, and what is wrong with what came (undefined when nothing is). */
export interface Expectation {
  readonly words: string;
  problem(exchange: Exchange): string | undefined;
}

export const nodeOf = (output: Json, name: string): Json => {
  const node = output[name];
  return typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Json) : {};
};

/** Undefined for what is no answer envelope at all. */
export function readAnswer(body: unknown): Answered | undefined {
  if (typeof body !== 'object' || body === null || !('infcode' in body)) return undefined;
  const { infcode, err_msg: errMsg, output } = body as Json;
  const code = typeof infcode === 'string' || typeof infcode === 'number' ? Number(infcode) : Number.NaN;
  if (!Number.isInteger(code)) return undefined;
  const isNode = typeof output === 'object' && output !== null;
  return { infcode: code, errMsg: typeof errMsg === 'string' ? errMsg : '', output: isNode ? (output as Json) : {} };
}

/** 成功, and what else must hold of the output. */
export const done = (words = '成功', check: (output: Json) => string | undefined = () => undefined): Expectation => ({
  words,
  problem: (exchange) => {
    const answer = answerIn(exchange);
    if (typeof answer === 'string') return answer;
    if (answer.infcode !== 0) return `infcode ${answer.infcode}：${answer.errMsg}`;
    return check(answer.output);
  },
});

/** 拒绝: a definite refusal, which a hospital system shows to its operator. */
export const refused = (words: string): Expectation => ({
  words: `拒绝：${words}`,
  problem: (exchange) => {
    const answer = answerIn(exchange);
    if (typeof answer === 'string') return answer;
    if (answer.infcode === 0) return '成功了，应当拒绝';
    return answer.errMsg === '' ? '拒绝而没有说明 err_msg' : undefined;
  },
});

export const nothingComes: Expectation = {
  words: '没有应答（连接被切断）',
  problem: ({ kind }) => (kind === 'nothing' ? undefined : '有应答'),
};

export const whateverComes: Expectation = { words: '不读应答（当作超时）', problem: () => undefined };

/** 逐字段符合接口: for a gateway that promises the whole interface and nothing else. */
export function formProblem(infno: string, exchange: Exchange): string | undefined {
  const base = baseInfno(infno);
  if (exchange.kind === 'nothing' || !isInfno(base)) return undefined;
  const [first] = answerProblems(base, exchange.body);
  return first === undefined ? undefined : `应答不符合接口：${first}`;
}

export function shownExchange(exchange: Exchange): string {
  if (exchange.kind === 'nothing') return `没有应答：${exchange.why}`;
  const answer = readAnswer(exchange.body);
  if (answer === undefined) return '不是应答报文';
  return answer.infcode === 0 ? '成功' : `infcode ${answer.infcode} ${answer.errMsg}`;
}

function answerIn(exchange: Exchange): Answered | string {
  if (exchange.kind === 'nothing') return `没有应答：${exchange.why}`;
  return readAnswer(exchange.body) ?? '应答不是报文（没有 infcode）';
}
