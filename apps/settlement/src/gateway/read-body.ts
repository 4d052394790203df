import { EnvelopeProblem, readShape, requestEnvelope } from '#shared/national-interface';
import type { ReadEnvelope } from '#shared/national-interface';

export interface ReadBody {
  readonly envelope: ReadEnvelope;
  /** All keys as they were sent. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** The body is not in the one encoding that the interface has. */
export class NotUtf8 extends Error {}

/** 报文正文: UTF-8 text of a JSON object, whatever its content type says. */
export function readBody(body: Uint8Array): ReadBody {
  const sent = parse(decode(body));
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw new EnvelopeProblem('报文不是 JSON 对象');
  return { envelope: readShape(requestEnvelope, sent, '报文'), sent: sent as Readonly<Record<string, unknown>> };
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new NotUtf8();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvelopeProblem('报文不是有效的 JSON');
  }
}
