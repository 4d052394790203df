import PDFDocument from 'pdfkit';
import { paperFonts } from './paper-fonts.js';

/** A line of a cell: plain, or one that can be chosen, with a box (☐ ☑) or with a tick before the chosen one only. */
export type Line = string | { readonly text: string; readonly chosen: boolean; readonly as: 'box' | 'tick' };

export interface Cell {
  readonly lines: readonly Line[];
  /** How many columns it takes; one when nothing is said. */
  readonly span?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  readonly minHeight?: number;
}

export interface PaperOptions {
  readonly title: string;
  /** When it was made; papers of one fact are the same bytes. */
  readonly madeAt: Date;
  readonly landscape?: boolean;
}

const margin = 56;
const padding = 6;
const lineWidth = 0.7;
const markWidth = 14;

/** A cell with a text of its own lines. */
export const cell = (text: string, more: Omit<Cell, 'lines'> = {}): Cell => ({ lines: text.split('\n'), ...more });
/** A cell that names what stands beside it. */
export const label = (text: string, more: Omit<Cell, 'lines'> = {}): Cell => cell(text, { align: 'center', ...more });

/** 公文纸张: an A4 page with headings, lines and ruled grids, in one Chinese font. Heights follow the texts. */
export class Paper {
  private readonly document: PDFKit.PDFDocument;
  private size = 10.5;

  constructor({ title, madeAt, landscape = false }: PaperOptions) {
    this.document = new PDFDocument({
      size: 'A4',
      layout: landscape ? 'landscape' : 'portrait',
      margin,
      info: { Title: title, Creator: 'Yidi', Producer: 'Yidi', CreationDate: madeAt },
    });
    const { regular, bold } = paperFonts();
    this.document.registerFont('regular', regular).registerFont('bold', bold);
    this.document.lineWidth(lineWidth);
    this.use(false);
  }

  heading(text: string, size = 16): this {
    this.document
      .font('bold')
      .fontSize(size)
      .text(text, margin, this.document.y, { width: this.width, align: 'center' });
    this.use(false);
    return this.space(8);
  }

  /** One line of text, what stands at its right end included. */
  line(left: string, right = ''): this {
    const { y } = this.document;
    this.document.text(left, margin, y, { width: this.width, align: 'left' });
    const below = this.document.y;
    if (right !== '') this.document.text(right, margin, y, { width: this.width, align: 'right' });
    this.document.y = Math.max(below, this.document.y);
    return this.space(4);
  }

  /** Texts in columns of equal width, for signatures and dates. */
  columns(texts: readonly string[]): this {
    const { y } = this.document;
    const width = this.width / texts.length;
    texts.forEach((text, index) => this.document.text(text, margin + index * width, y, { width }));
    return this.space(4);
  }

  space(points: number): this {
    this.document.y += points;
    return this;
  }

  fontSize(size: number): this {
    this.size = size;
    this.use(false);
    return this;
  }

  /** A ruled grid; `shares` are the widths of the columns in proportion to each other. A row never breaks over a page. */
  grid(shares: readonly number[], rows: readonly (readonly Cell[])[]): this {
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const widths = shares.map((share) => (share / whole) * this.width);
    for (const row of rows) this.row(widths, row);
    return this;
  }

  async bytes(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    const done = new Promise<Buffer>((resolve, reject) => {
      this.document.on('data', (piece: Buffer) => pieces.push(piece));
      this.document.on('end', () => {
        resolve(Buffer.concat(pieces));
      });
      this.document.on('error', reject);
    });
    this.document.end();
    return done;
  }

  private get width(): number {
    return this.document.page.width - 2 * margin;
  }

  private use(bold: boolean): void {
    this.document.font(bold ? 'bold' : 'regular').fontSize(this.size);
  }

  private row(widths: readonly number[], cells: readonly Cell[]): void {
    const placed = place(widths, cells);
    const height = Math.max(...placed.map(({ one, width }) => this.heightOf(one, width)));
    if (this.document.y + height > this.document.page.height - margin) this.document.addPage();
    const top = this.document.y;
    for (const { one, left, width } of placed) {
      this.document.rect(margin + left, top, width, height).stroke();
      this.fill(one, { left: margin + left, top, width, height });
    }
    this.document.y = top + height;
    this.use(false);
  }

  private heightOf(one: Cell, width: number): number {
    return Math.max(one.minHeight ?? 0, textHeight(this.layout(one, width)) + 2 * padding);
  }

  private fill(one: Cell, box: { left: number; top: number; width: number; height: number }): void {
    const lines = this.layout(one, box.width);
    const isProse = one.lines.length > 3 && one.lines.every((line) => typeof line === 'string');
    const down = isProse ? 0 : (box.height - 2 * padding - textHeight(lines)) / 2;
    for (const { line, top, width } of lines) {
      const x = box.left + padding;
      const y = box.top + padding + down + top;
      this.use(one.bold === true);
      if (typeof line === 'string') {
        this.document.text(line, x, y, { width, align: one.align ?? 'left' });
        continue;
      }
      this.mark(line, x, y);
      this.document.text(line.text, x + markWidth, y, { width: width - markWidth, align: 'left' });
    }
  }

  /** Where each line of a cell stands inside its padding, one below the other. */
  private layout(one: Cell, cellWidth: number): PlacedLine[] {
    this.use(one.bold === true);
    const width = cellWidth - 2 * padding;
    let top = 0;
    return one.lines.map((line) => {
      const text = typeof line === 'string' ? line : line.text;
      const room = typeof line === 'string' ? width : width - markWidth;
      const height = this.document.heightOfString(text === '' ? ' ' : text, { width: room });
      const placed = { line, top, width, height };
      top += height + 2;
      return placed;
    });
  }

  /** A box with or without its tick, or the tick alone. */
  private mark({ chosen, as }: Exclude<Line, string>, x: number, y: number): void {
    const side = this.size - 1.5;
    const top = y + 2;
    if (as === 'box') this.document.rect(x, top, side, side).stroke();
    if (!chosen) return;
    this.document
      .lineWidth(1.4)
      .moveTo(x + 1.5, top + side * 0.55)
      .lineTo(x + side * 0.42, top + side - 1.5)
      .lineTo(x + side - 1, top + 1.2)
      .stroke()
      .lineWidth(lineWidth);
  }
}

interface PlacedLine {
  readonly line: Line;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function textHeight(lines: readonly PlacedLine[]): number {
  const last = lines.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

function place(widths: readonly number[], cells: readonly Cell[]): { one: Cell; left: number; width: number }[] {
  let column = 0;
  const placed = cells.map((one) => {
    const span = one.span ?? 1;
    const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
    const width = widths.slice(column, column + span).reduce((sum, wide) => sum + wide, 0);
    column += span;
    return { one, left, width };
  });
  if (column !== widths.length) throw new Error(`a row takes ${column} of ${widths.length} columns`);
  return placed;
}
