import { strFromU8, unzipSync } from 'fflate';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { MoneyFormatError, parseYuan } from '#shared/money';
import type { PartyLine } from './reconciliation.js';

const longestId = 30;
const largestUnzipped = 64 * 1024 * 1024;

/** 明细对账文件 (3202): zipped text, one settlement per line, columns divided by TAB, "null" for what is empty. */
export function readStatementFile(zipped: Uint8Array): Outcome<PartyLine[]> {
  const text = unzip(zipped);
  if (text === undefined) return refuse('FILE_UNREADABLE', { detail: '不是有效的 zip 文件，或解压后过大。' });
  const lines = new Map<string, PartyLine>();
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (row.trim() === '') continue;
    const line = readLine(row.split('\t'));
    if (line === undefined)
      return refuse('FILE_UNREADABLE', {
        detail: `第 ${index + 1} 行应为 7 列：结算 ID、就诊 ID、人员编号、总额、基金、账户、退费标志。`,
      });
    if (lines.has(line.settlementId))
      return refuse('FILE_UNREADABLE', { detail: `第 ${index + 1} 行与前面的行结算 ID 重复。` });
    lines.set(line.settlementId, line);
  }
  return [...lines.values()];
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

const columns = 7;
const orZero = (text: string): string => (text === 'null' || text === '' ? '0' : text);

function readLine(row: readonly string[]): PartyLine | undefined {
  const [settlementId = '', , , total = '', fund = '', account = '', refund = ''] = row.map((cell) => cell.trim());
  if (row.length < columns || settlementId === '' || settlementId === 'null') return undefined;
  if (settlementId.length > longestId) return undefined;
  if (!['0', '1', 'null', ''].includes(refund)) return undefined;
  try {
    return {
      settlementId,
      totalFen: parseYuan(total),
      fundFen: parseYuan(orZero(fund)),
      accountFen: parseYuan(orZero(account)),
      refund: refund === '1',
    };
  } catch (error) {
    if (error instanceof MoneyFormatError) return undefined;
    throw error;
  }
}
