import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SheetError } from './csv-rows.js';

const largestFile = 300 * 1024 * 1024;

/**
 * A file that must be read from its end, as workbooks must: kept on disk without a name while it is worked on, so that nothing of
 * it is left behind, whatever happens.
 */
export async function* spooled<T>(
  chunks: AsyncIterable<Uint8Array>,
  work: (descriptor: number) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const folder = await mkdtemp(join(tmpdir(), 'yidi-'));
  const file = await open(join(folder, 'file'), 'wx+', 0o600);
  try {
    await rm(folder, { recursive: true });
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > largestFile) throw new SheetError('文件过大，请分成几个文件');
      await file.write(chunk);
    }
    yield* work(file.fd);
  } finally {
    await file.close();
  }
}
