import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = resolve(fileURLToPath(import.meta.url), '../../..');

/** What went wrong, as one sentence that says what to do where we know it. */
export function plainSentence(error) {
  if (error?.code === 'ENOSPC') return 'The disk is full; free at least 500 MB and run the command again.';
  if (error?.code === 'EACCES' || error?.code === 'EROFS' || error?.code === 'EPERM') {
    return `The folder of this project cannot be written (${error.path ?? projectRoot}); make it writable for this user.`;
  }
  return error instanceof Error ? error.message : String(error);
}
