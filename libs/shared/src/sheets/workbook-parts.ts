import type { XmlEvents } from './xml-reader.js';
import { readWholeXml } from './xml-reader.js';
import { SheetError } from './csv-rows.js';

type Bytes = AsyncIterable<Uint8Array>;

const mostTexts = 12_000_000;

/** 工作簿: which part is the first sheet, and from when its dates count. */
export interface FirstSheet {
  readonly relation: string;
  /** Workbooks of old Macintoshes count days from 1904. */
  readonly from1904: boolean;
}

/** xl/workbook.xml: the relation of the first sheet. */
export async function firstSheet(workbook: Bytes): Promise<FirstSheet> {
  let relation: string | undefined;
  let from1904 = false;
  await readWholeXml(workbook, {
    ...silent,
    open: (name, attributes) => {
      if (name === 'sheet') relation ??= attributes['r:id'] ?? attributes['id'];
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    },
  });
  if (relation === undefined) throw new SheetError('工作簿里没有工作表');
  return { relation, from1904 };
}

/** xl/_rels/workbook.xml.rels: where the part of a relation lies in the file. */
export async function partOf(relations: Bytes, id: string): Promise<string> {
  let target: string | undefined;
  await readWholeXml(relations, {
    ...silent,
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes['Id'] === id) target = attributes['Target'];
    },
  });
  if (target === undefined) throw new SheetError('工作簿里没有工作表');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** xl/sharedStrings.xml: the texts that cells refer to by number; the readings of rich texts (rPh) are not part of them. */
export async function sharedTexts(part: Bytes): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let aside = 0;
  await readWholeXml(part, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') aside += 1;
      inText = name === 't' && aside === 0;
    },
    close: (name) => {
      if (name === 'rPh') aside -= 1;
      if (name === 't') inText = false;
      if (name !== 'si') return;
      if (texts.length === mostTexts) throw new SheetError('工作簿中的文字过多，请改用 CSV');
      texts.push(text.trim());
    },
    text: (piece) => {
      if (inText) text += piece;
    },
  });
  return texts;
}

/** The built-in number formats that show a day. */
const isDayFormat = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
const showsDay = (code: string): boolean => /[yd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** xl/styles.xml: which cell styles show a number as a day. */
export async function dayStyles(part: Bytes): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await readWholeXml(part, {
    ...silent,
    open: (name, attributes) => {
      const id = Number(attributes['numFmtId']);
      if (name === 'numFmt') custom.set(id, showsDay(attributes['formatCode'] ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(custom.get(id) ?? isDayFormat(id));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

const nothing = (): void => undefined;
const silent: XmlEvents = { open: nothing, close: nothing, text: nothing };
