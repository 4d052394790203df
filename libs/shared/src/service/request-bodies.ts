import type { FastifyInstance } from 'fastify';
import { RefusedException, refuse } from '../errors/index.js';

/** A request that cannot be read; the detail is Chinese and never quotes what came in. */
export class UnreadableRequest extends Error {
  readonly statusCode = 400;

  constructor(readonly detail: string) {
    super(detail);
  }
}

export const largestBody = 12 * 1024 * 1024;
/** Files of rows: read as they come, however long they are. */
export const csvType = 'text/csv';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const isFile = (type = ''): boolean => [csvType, xlsxType].some((file) => type.startsWith(file));
const mostPatience = 5 * largestBody;
const deepest = 32;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * 报文正文: JSON in UTF-8, and nothing else. Refused here, before anybody works with it: other encodings, a NUL, which no text
 * column can hold, and lists in lists without end, which recursive readers do not survive.
 */
export function readJsonBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  // Some hospital systems send their JSON as text.
  server.addContentTypeParser(['application/json', 'text/plain'], { parseAs: 'buffer' }, (request, body, done) => {
    const text = readableText(body);
    if (text instanceof UnreadableRequest) {
      done(text);
      return;
    }
    void parseJson(request, text, (error, value) => {
      done(error === null ? null : new UnreadableRequest('正文不是有效的 JSON'), value);
    });
  });
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const bytes = Number(request.headers['content-length'] ?? 0);
    // A file of rows is read as it comes and never held whole; who does not take files refuses its type.
    if (bytes <= largestBody || isFile(request.headers['content-type'])) {
      done(null, payload);
      return;
    }
    const refused = new RefusedException(refuse('TOO_LARGE'));
    if (bytes > mostPatience) {
      done(refused);
      return;
    }
    // Whoever is cut off while still sending sees a broken connection instead of the answer.
    payload.once('end', () => {
      done(refused);
    });
    payload.resume();
  });
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.url.includes('%00')) done(new UnreadableRequest('地址中有不能使用的字符'));
    else done();
  });
}

function readableText(body: string | Buffer): string | UnreadableRequest {
  let text: string;
  try {
    text = typeof body === 'string' ? body : utf8.decode(body);
  } catch {
    return new UnreadableRequest('正文的编码不是 UTF-8');
  }
  if (text.includes(String.raw`\u0000`)) return new UnreadableRequest('正文中有不能保存的字符');
  return isTooDeep(text) ? new UnreadableRequest(`正文的层次超过 ${deepest} 层`) : text;
}

const [quote, backslash, open, close] = ['"', '\\', '[{', ']}'];

/** Counts brackets outside of texts. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (inText) {
      if (char === backslash) at += 1;
      else if (char === quote) inText = false;
    } else if (char === quote) inText = true;
    else if (open.includes(char)) depth += 1;
    else if (close.includes(char)) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
