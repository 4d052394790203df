import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 32_768;

/**
 * What the end of a log says about trouble: of a JSON line that is more than information its `msg` (and the error's
 * message), of any other line its text.
 */
export function lastMessages(file: string, count = 5): string[] {
  return readTail(file)
    .split('\n')
    .filter((line) => line.trim() !== '' && isTrouble(line))
    .slice(-count)
    .map(messageOf);
}

function readTail(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
      readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

const calmLevels: ReadonlySet<unknown> = new Set(['trace', 'debug', 'info', 10, 20, 30]);

function isTrouble(line: string): boolean {
  try {
    return !calmLevels.has((JSON.parse(line) as { level?: unknown }).level);
  } catch {
    return true;
  }
}

export function messageOf(line: string): string {
  try {
    const parsed = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } };
    const parts = [parsed.msg, parsed.err?.message].filter((part) => typeof part === 'string');
    return parts.length === 0 ? line : [...new Set(parts)].join(': ');
  } catch {
    return line.trim();
  }
}
