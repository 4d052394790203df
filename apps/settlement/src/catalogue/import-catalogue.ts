import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { titledRows } from '#shared/sheets';
import { saveCatalogueFile } from './catalogue-file.repository.js';
import type { CatalogueFile } from './catalogue-file.repository.js';
import type { ItemVersion } from './catalogue-item.js';
import { catalogueColumns, versionOf } from './catalogue-row.js';
import type { RefusedRow } from './catalogue-row.js';
import { saveVersions } from './catalogue.repository.js';
import type { SavedVersions } from './catalogue.repository.js';
import { checkItem } from './check-item.js';
import type { GivenItem } from './check-item.js';

export interface RefusedItem {
  readonly index: number;
  readonly code: string;
  readonly reason: string;
}

export interface ImportReport {
  readonly accepted: number;
  readonly refused: readonly RefusedItem[];
}

const batchSize = 1_000;
const doubled = '同一文件内编码与起始日重复，请删去一行';

/**
 * 目录导入 (N31): good rows are taken, bad ones are reported one by one with what to write instead. A file streams in, in
 * batches that each commit by themselves; the same file again changes nothing.
 */
@Injectable()
export class ImportCatalogue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Items of one day, as other programs send them. */
  async execute(area: string, from: Day, given: readonly GivenItem[], caller: Caller): Promise<Outcome<ImportReport>> {
    if (!isWithin(caller.scope, area)) return refuse('NOT_YOUR_AREA', { area });
    const accepted = new Map<string, ItemVersion>();
    const refused: RefusedItem[] = [];
    given.forEach((one, index) => {
      const item = checkItem(one);
      if ('reason' in item) refused.push({ index, code: one.code, reason: item.reason });
      else if (accepted.has(item.code)) refused.push({ index, code: one.code, reason: '同一文件内编码重复' });
      else accepted.set(item.code, { item, from, to: null });
    });
    await this.database.transaction((tx) => saveVersions(tx, area, [...accepted.values()]));
    return { accepted: accepted.size, refused };
  }

  /** A file of a whole catalogue; lines without a day of their own are in force from the day that is given for the file. */
  async load(
    area: string,
    from: Day | undefined,
    rows: AsyncIterable<string[]> | Iterable<string[]>,
    caller: Caller,
  ): Promise<Outcome<CatalogueFile>> {
    if (!isWithin(caller.scope, area)) return refuse('NOT_YOUR_AREA', { area });
    const tally = { total: 0, added: 0, changed: 0, same: 0 };
    const refusals: RefusedRow[] = [];
    const seen = new Set<string>();
    const take = async (batch: ReadonlyMap<string, ItemVersion>): Promise<void> => {
      const saved: SavedVersions = await this.database.transaction((tx) => saveVersions(tx, area, [...batch.values()]));
      tally.added += saved.added;
      tally.changed += saved.changed;
      tally.same += saved.same;
    };
    let batch = new Map<string, ItemVersion>();
    for await (const row of titledRows(rows, catalogueColumns)) {
      tally.total += 1;
      const version = versionOf(row, from);
      if ('reason' in version) {
        refusals.push(version);
        continue;
      }
      const { code } = version.item;
      const key = `${code} ${version.from}`;
      if (seen.has(key)) {
        refusals.push({ line: row.line, itemCode: code, column: '医疗目录编码', reason: doubled });
        continue;
      }
      seen.add(key);
      // Two versions of one item go one after the other, because the second one ends the first.
      if (batch.size === batchSize || batch.has(code)) {
        await take(batch);
        batch = new Map();
      }
      batch.set(code, version);
    }
    await take(batch);
    const file = { area, loadedBy: caller.subject, loadedAt: this.clock.now(), ...tally, refused: refusals.length };
    const fileNo = await this.database.transaction((tx) => saveCatalogueFile(tx, file, refusals));
    return { fileNo, ...file };
  }
}
