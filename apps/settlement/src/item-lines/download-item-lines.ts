import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import type { AreaScope } from '#shared/database';
import { csvText, streamedWorkbook } from '#shared/sheets';
import type { PlainCell } from '#shared/sheets';
import { itemLineRow, itemLineTitles } from './item-lines-table.js';
import { nextLines } from './item-line.repository.js';
import type { ItemLineQuestion } from './item-line.repository.js';

/** 明细下载 (N39 H47): read and written page by page, each in a short transaction of its own, however many lines there are. */
@Injectable()
export class DownloadItemLines {
  constructor(private readonly database: Database) {}

  csv(wanted: ItemLineQuestion, scope: AreaScope): Readable {
    return Readable.from(csvText(itemLineTitles, this.pages(wanted, scope)), { objectMode: false });
  }

  xlsx(wanted: ItemLineQuestion, scope: AreaScope): Readable {
    return Readable.from(streamedWorkbook('费用明细', itemLineTitles, this.pages(wanted, scope)), {
      objectMode: false,
    });
  }

  private async *pages(wanted: ItemLineQuestion, scope: AreaScope): AsyncGenerator<PlainCell[][]> {
    let after = { settledOn: wanted.from, settlementId: '' };
    for (;;) {
      const page = await this.database.asScope(scope, (tx) => nextLines(tx, wanted, after));
      if (page === undefined) return;
      yield page.lines.map(itemLineRow);
      after = page.last;
    }
  }
}
