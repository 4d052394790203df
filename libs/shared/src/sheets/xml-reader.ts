import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { SheetError } from './csv-rows.js';

export interface XmlEvents {
  /** An element begins; its name is without prefix. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

const mostBytes = 4 * 1024 * 1024 * 1024;
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML as its bytes arrive; says after each piece that the events of the piece have been told. */
export async function* readXml(chunks: AsyncIterable<Uint8Array>, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false as const });
  const decoder = new StringDecoder('utf8');
  parser.on('opentag', ({ name, attributes }) => {
    events.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    events.close(localName(name));
  });
  parser.on('text', events.text);
  parser.on('cdata', events.text);
  parser.on('error', () => {
    throw new SheetError('工作簿中的表格不完整');
  });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new SheetError('工作簿展开后过大，请改用 CSV');
    parser.write(decoder.write(chunk));
    yield;
  }
  parser.close();
  yield;
}

/** The same for a part that is read to its end before anything else. */
export async function readWholeXml(chunks: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  for await (const _piece of readXml(chunks, events));
}
