import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { describe, isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Caller } from '#shared/identity';
import { titledRows } from '#shared/sheets';
import { ApplyForFiling } from '../filing/apply-for-filing.js';
import type { Filing } from '../filing/filing.js';
import { filingStatusNames } from '../filing/filing.transitions.js';
import { batchColumns, batchRow } from './batch-row.js';
import type { BatchRow } from './batch-row.js';

export const mostRows = 500;

export interface BatchResult {
  readonly line: number;
  readonly personNo: string;
  readonly result: string;
  readonly filingNo: string | null;
  readonly message: string;
}

export interface BatchReport {
  readonly rehearsal: boolean;
  readonly total: number;
  readonly filed: number;
  readonly refused: number;
  readonly results: readonly BatchResult[];
}

/** Carries the results of a rehearsal out of the transaction that is rolled back. */
class Rehearsed extends Error {
  constructor(readonly results: readonly BatchResult[]) {
    super('rehearsed');
  }
}

/**
 * 批量备案 (H11): an employer's or agency's list, row by row through the ordinary use case: one worker's refusal does not hold up the
 * others. A rehearsal goes the same way in one transaction and leaves nothing behind.
 */
@Injectable()
export class FileInBatch {
  constructor(
    private readonly database: Database,
    private readonly applyForFiling: ApplyForFiling,
  ) {}

  async execute(
    rows: AsyncIterable<string[]> | Iterable<string[]>,
    rehearsal: boolean,
    caller: Caller,
  ): Promise<Outcome<BatchReport>> {
    const read: { line: number; personNo: string; row: BatchRow | string }[] = [];
    for await (const titled of titledRows(rows, batchColumns)) {
      if (read.length === mostRows) return refuse('BATCH_TOO_LONG', { most: mostRows });
      const personNo = (titled.cells['人员编号'] ?? '').slice(0, 30);
      read.push({ line: titled.line, personNo, row: batchRow(titled) });
    }
    const results = rehearsal
      ? await this.rehearse((tx) => this.allIn(tx, read, caller))
      : await this.oneByOne(read, caller);
    const filed = results.filter(({ filingNo }) => filingNo !== null).length;
    return { rehearsal, total: results.length, filed, refused: results.length - filed, results };
  }

  private async oneByOne(read: readonly Read[], caller: Caller): Promise<BatchResult[]> {
    const results: BatchResult[] = [];
    for (const one of read) results.push(await this.database.transaction((tx) => this.take(tx, one, caller)));
    return results;
  }

  private async allIn(tx: Transaction, read: readonly Read[], caller: Caller): Promise<BatchResult[]> {
    const results: BatchResult[] = [];
    for (const one of read) results.push(await this.take(tx, one, caller));
    return results;
  }

  private async rehearse(work: (tx: Transaction) => Promise<BatchResult[]>): Promise<readonly BatchResult[]> {
    try {
      return await this.database.transaction(async (tx): Promise<never> => {
        throw new Rehearsed(await work(tx));
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.results;
      throw error;
    }
  }

  private async take(tx: Transaction, { line, personNo, row }: Read, caller: Caller): Promise<BatchResult> {
    const common = { line, personNo };
    if (typeof row === 'string') return { ...common, result: '未办理', filingNo: null, message: row };
    const channel = caller.roles.includes('filing.channel.agent') ? 'agent' : 'counter';
    const { category, destination, materials, contact } = row;
    const application = { personNo, category, destination, materials, contact, channel } as const;
    const outcome: Outcome<Filing> = await this.applyForFiling.within(tx, application, caller);
    if (isRefusal(outcome)) {
      const { message, next } = describe(outcome);
      return { ...common, result: '未办理', filingNo: null, message: message + next };
    }
    const { filingNo, status, dueOn } = outcome;
    const message = dueOn === null ? '' : `参保地应于 ${dueOn} 前办结`;
    return { ...common, result: filingStatusNames[status], filingNo, message };
  }
}

interface Read {
  readonly line: number;
  readonly personNo: string;
  readonly row: BatchRow | string;
}
