import { Zip, ZipDeflate } from 'fflate';
import type { PlainCell } from './simple-workbook.js';

/** A sheet of the format ends at 1 048 576 rows; the titles are repeated on the next. */
const mostRows = 1_000_000;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

// What XML cannot hold at all.
const unusable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  text
    .replace(unusable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A, B … Z, AA: the name of a column. */
const columnName = (index: number): string =>
  (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/** Empty cells are left out; every other says where it stands, which some readers insist on. */
function cellXml(value: PlainCell, at: string): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

const rowXml = (row: readonly PlainCell[], number: number): string =>
  `<row r="${number}">${row.map((value, index) => cellXml(value, `${columnName(index)}${number}`)).join('')}</row>`;

/** Parts of a package as they are finished, compressed piece by piece. */
class Package {
  private readonly ready: Uint8Array[] = [];
  private part: ZipDeflate | undefined;
  private readonly zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    this.ready.push(piece);
  });

  begin(name: string): void {
    this.part = new ZipDeflate(name, { level: 6 });
    this.zip.add(this.part);
  }

  write(text: string, isLast = false): void {
    this.part?.push(Buffer.from(text), isLast);
  }

  whole(name: string, text: string): void {
    this.begin(name);
    this.write(head + text, true);
  }

  end(): void {
    this.zip.end();
  }

  taken(): Uint8Array[] {
    return this.ready.splice(0);
  }
}

/**
 * 逐批写出 XLSX: a workbook of one plain list, over several sheets where one is too short. Texts stay texts, numbers are numbers;
 * what is in memory is one batch of rows.
 */
export async function* streamedWorkbook(
  name: string,
  titles: readonly string[],
  batches: AsyncIterable<readonly (readonly PlainCell[])[]>,
  rowsPerSheet = mostRows,
): AsyncGenerator<Uint8Array> {
  const file = new Package();
  let sheets = 0;
  let left = 0;
  const close = (): void => {
    if (sheets > 0) file.write('</sheetData></worksheet>', true);
  };
  const open = (): void => {
    close();
    sheets += 1;
    left = rowsPerSheet;
    file.begin(`xl/worksheets/sheet${sheets}.xml`);
    file.write(`${head}<worksheet xmlns="${main}"><sheetData>${rowXml(titles, 1)}`);
  };
  open();
  for await (const batch of batches) {
    for (let from = 0; from < batch.length;) {
      if (left === 0) open();
      const rows = batch.slice(from, from + left);
      // Row 1 has the titles.
      const next = rowsPerSheet - left + 2;
      file.write(rows.map((row, index) => rowXml(row, next + index)).join(''));
      left -= rows.length;
      from += rows.length;
    }
    yield* file.taken();
  }
  close();
  writeContents(file, name, sheets);
  file.end();
  yield* file.taken();
}

function writeContents(file: Package, name: string, sheets: number): void {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const title = (number: number): string => escaped(number === 1 ? name : `${name} ${number}`);
  file.whole(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbers
      .map((number) => `<sheet name="${title(number)}" sheetId="${number}" r:id="rId${number}"/>`)
      .join('')}</sheets></workbook>`,
  );
  file.whole(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships">${numbers
      .map(
        (number) =>
          `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
      )
      .join('')}</Relationships>`,
  );
  file.whole(
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  file.whole(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${numbers
      .map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`)
      .join('')}</Types>`,
  );
}
