import type { Socket } from 'node:net';
import { describe, refuse } from '../errors/index.js';

/** What cannot even be read as HTTP gets the catalogue's answer as well, and the connection ends. */
export function answerBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, who, message, next, articles } = describe(refuse('BAD_REQUEST', { detail: '不是完整的 HTTP 请求' }));
  const body = JSON.stringify({ code, who, message, next, articles });
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
