import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

export interface PaperFonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

let fonts: PaperFonts | undefined;

/** 思源黑体简体 (Noto Sans Hans, SIL Open Font License) from its npm package; only the characters used are put into a paper. */
export function paperFonts(): PaperFonts {
  const folder = resolve(dirname(createRequire(resolve('package.json')).resolve('@embedpdf/fonts-sc')), '../fonts');
  fonts ??= {
    regular: readFileSync(resolve(folder, 'NotoSansHans-Regular.otf')),
    bold: readFileSync(resolve(folder, 'NotoSansHans-Bold.otf')),
  };
  return fonts;
}
