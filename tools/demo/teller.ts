/** Prints the story: a heading per step, a table where there are figures; Chinese first, English beside it. */
export interface Teller {
  step(chinese: string, english: string): void;
  say(line: string): void;
  table(heads: readonly string[], lines: readonly (readonly string[])[]): void;
}

/** For whoever wants the deeds without the words. */
export const silentTeller: Teller = { step: () => undefined, say: () => undefined, table: () => undefined };

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const width = (text: string): number => [...text].reduce((sum, char) => sum + (wide.test(char) ? 2 : 1), 0);
const numeric = /^[-*]?\d[\d.,]*%?$/;

function pad(text: string, to: number): string {
  const space = ' '.repeat(Math.max(0, to - width(text)));
  return numeric.test(text) ? space + text : text + space;
}

export class ConsoleTeller implements Teller {
  private count = 0;

  constructor(private readonly print: (line: string) => void) {}

  step(chinese: string, english: string): void {
    this.count += 1;
    this.print('');
    this.print(`${String(this.count).padStart(2)}  ${chinese}  ·  ${english}`);
  }

  say(line: string): void {
    this.print(`    ${line}`);
  }

  table(heads: readonly string[], lines: readonly (readonly string[])[]): void {
    const widths = heads.map((head, column) =>
      Math.max(width(head), ...lines.map((line) => width(line[column] ?? ''))),
    );
    const row = (cells: readonly string[]): string =>
      cells
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    this.print(`    ${row(heads)}`);
    this.print(`    ${widths.map((size) => '─'.repeat(size)).join('  ')}`);
    for (const line of lines) this.print(`    ${row(line)}`);
  }
}
