import type { Month } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { formatYuan, parseYuan } from '#shared/money';
import type { Notice, NoticeLine } from './notice.js';

type StoredLine = Omit<NoticeLine, 'amountFen'> & { amount: string };

export async function insertNotice(tx: Transaction, notice: Notice): Promise<void> {
  const lines = notice.lines.map(({ amountFen, ...line }) => ({ ...line, amount: formatYuan(amountFen) }));
  await tx.query(
    `insert into notice (notice_no, period, kind, agency, issued_on, lines, total_fen) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[
        notice.noticeNo,
        notice.period,
        notice.kind,
        notice.agency,
        notice.issuedOn,
        JSON.stringify(lines),
        notice.totalFen,
      ],
    ],
  );
}

export async function noticesOf(tx: Transaction, period: Month): Promise<Notice[]> {
  const found = await rows<Omit<Notice, 'lines'> & { lines: StoredLine[] }>(
    tx,
    `select notice_no as "noticeNo", period, kind, agency, issued_on as "issuedOn", lines, total_fen as "totalFen"
     from notice where period = $1 order by kind, agency`,
    [period],
  );
  return found.map((notice) => ({
    ...notice,
    lines: notice.lines.map(({ amount, ...line }) => ({ ...line, amountFen: parseYuan(amount) })),
  }));
}
