import { strFromU8, unzipSync } from 'fflate';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { MoneyFormatError, parseYuan } from '#shared/money';
import type { PartyLine } from './reconciliation.js';

const largestUnzipped = 64 * 1024 * 1024;

/** 明细对账文件 (3202): zipped text, one settlement per line, columns divided by TAB. */
export function readStatementFile(zipped: Uint8Array): Outcome<PartyLine[]> {
  const text = unzip(zipped);
  if (text === undefined) return refuse('FILE_UNREADABLE', { detail: '不是有效的 zip 文件，或解压后过大。' });
  const lines: PartyLine[] = [];
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (row.trim() === '') continue;
    const line = readLine(row.split('\t'));
    if (line === undefined)
      return refuse('FILE_UNREADABLE', {
        detail: `第 ${index + 1} 行应为 7 列：结算 ID、就诊 ID、人员编号、总额、基金、账户、退费标志。`,
      });
    lines.push(line);
  }
  return lines;
}

function unzip(zipped: Uint8Array): string | undefined {
  try {
    let left = largestUnzipped;
    const files = unzipSync(zipped, {
      filter: ({ originalSize }) => {
        left -= originalSize;
        return left >= 0;
      },
    });
    return left < 0
      ? undefined
      : Object.values(files)
          .map((file) => strFromU8(file))
          .join('\n');
  } catch {
    return undefined;
  }
}

function readLine([settlementId = '', , , total = '', fund = '', account = '', refund = '']: readonly string[]):
  PartyLine | undefined {
  try {
    if (settlementId === '') return undefined;
    return {
      settlementId,
      totalFen: parseYuan(total),
      fundFen: parseYuan(fund),
      accountFen: parseYuan(account),
      refund: refund.trim() === '1',
    };
  } catch (error) {
    if (error instanceof MoneyFormatError) return undefined;
    throw error;
  }
}
