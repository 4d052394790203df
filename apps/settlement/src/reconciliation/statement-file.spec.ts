import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { isRefusal } from '#shared/errors';
import { readStatementFile } from './statement-file.js';

const zipped = (...files: string[]): Uint8Array =>
  zipSync(Object.fromEntries(files.map((text, at) => [`part-${at}.txt`, strToU8(text)])));
const row = (...cells: string[]): string => cells.join('\t');
const good = row('S1', 'V1', 'P1', '424.29', '180.67', '243.62', '0');
const problem = (content: Uint8Array): string => {
  const read = readStatementFile(content);
  return isRefusal(read) ? `${read.code} ${read.args['detail'] ?? ''}` : 'fine';
};

describe('the file of the details', () => {
  it('[N38] one settlement per line, seven columns divided by TAB', () => {
    expect(readStatementFile(zipped(good))).toEqual([
      { settlementId: 'S1', totalFen: 42_429n, fundFen: 18_067n, accountFen: 24_362n, refund: false },
    ]);
  });

  it('[N38 N42] a refund is a negative line with its flag', () => {
    expect(readStatementFile(zipped(row('S2', 'V1', 'P1', '-424.29', '-180.67', '-243.62', '1')))).toEqual([
      { settlementId: 'S2', totalFen: -42_429n, fundFen: -18_067n, accountFen: -24_362n, refund: true },
    ]);
  });

  it('[N38] "null" stands for what is empty, an eighth column and blank lines are let through, Windows line ends too', () => {
    const text = `${row('S3', 'null', 'null', '10.00', 'null', '', 'null', 'more')}\r\n\r\n${good}\r\n`;
    expect(readStatementFile(zipped(text))).toEqual([
      { settlementId: 'S3', totalFen: 1_000n, fundFen: 0n, accountFen: 0n, refund: false },
      expect.objectContaining({ settlementId: 'S1' }),
    ]);
  });

  it('[N38] several files in one archive are one list; an empty file is an empty list', () => {
    const other = row('S9', 'V1', 'P1', '1.00', '0', '0', '0');
    expect(readStatementFile(zipped(good, other))).toHaveLength(2);
    expect(readStatementFile(zipped(''))).toEqual([]);
  });

  it.each([
    ['six columns', row('S1', 'V1', 'P1', '424.29', '180.67', '243.62')],
    ['no settlement', row('', 'V1', 'P1', '424.29', '180.67', '243.62', '0')],
    ['no total', row('S1', 'V1', 'P1', 'null', '180.67', '243.62', '0')],
    ['an amount that is none', row('S1', 'V1', 'P1', '424,29', '180.67', '243.62', '0')],
    ['a flag that is none', row('S1', 'V1', 'P1', '424.29', '180.67', '243.62', 'yes')],
    ['commas instead of TAB', good.replaceAll('\t', ',')],
  ])('[N38] %s is refused with the number of the line', (_, text) => {
    expect(problem(zipped(`${row('S0', 'V1', 'P1', '1.00', '0', '0', '0')}\n${text}`))).toMatch(
      /^FILE_UNREADABLE 第 2 行/,
    );
  });

  it('[N38] a settlement that stands twice is refused: its second line would hide a difference', () => {
    expect(problem(zipped(`${good}\n${good}`))).toBe('FILE_UNREADABLE 第 2 行与前面的行结算 ID 重复。');
  });

  it('[N38] what is no archive, or is too large unpacked, is refused', () => {
    expect(problem(strToU8(good))).toMatch(/^FILE_UNREADABLE 不是有效的 zip/);
    expect(problem(new Uint8Array())).toMatch(/^FILE_UNREADABLE 不是有效的 zip/);
    const bomb = zipSync({ 'a.txt': new Uint8Array(64 * 1024 * 1024 + 1) }, { level: 1 });
    expect(problem(bomb)).toMatch(/^FILE_UNREADABLE .*解压后过大/);
  });
});
