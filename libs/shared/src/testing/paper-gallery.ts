import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { paperText } from './paper-text.js';

/** The text of a paper; it is also put where somebody wants to look at it (YIDI_PAPERS). */
export function keptPaper(bytes: Uint8Array, name: string): Promise<string> {
  const gallery = process.env['YIDI_PAPERS'];
  if (gallery !== undefined) {
    mkdirSync(gallery, { recursive: true });
    writeFileSync(join(gallery, `${name}.pdf`), bytes);
  }
  return paperText(bytes);
}
