import type { clearingNoticeIssued, PayloadOf } from '#shared/contracts';
import { parseYuan } from '#shared/money';
import type { DueTransfer } from '../open-transfer.js';

type Notice = PayloadOf<typeof clearingNoticeIssued>;

const tableLetters: Record<Notice['lines'][number]['table'], string> = {
  provinces: 'P',
  'cross-province-employees': 'C',
  'intra-province-employees': 'E',
  'intra-province-residents': 'R',
  'provincial-collection': 'J',
};

/** 通知书变为划拨 (N48 N49 H66): one transfer per line; an area's negative amount is collected, a positive one paid out. */
export function noticeTransfers(notice: Notice): DueTransfer[] {
  if (notice.kind === 'receipt') return [];
  return notice.lines.flatMap((line): DueTransfer[] => {
    const amount = parseYuan(line.amount);
    if (amount === 0n) return [];
    const { period, agency, issuedOn, noticeNo } = notice;
    const common = { period, openedOn: issuedOn, returned: line.returned, source: noticeNo };
    const letter = tableLetters[line.table];
    const number = (kind: string, payer: string, payee: string): string =>
      `${kind}${letter}${period.replace('-', '')}${payer}${payee}${line.returned ? '*' : ''}`;
    const owes = notice.kind === 'payment' || amount < 0n;
    const [payer, payee] = owes ? [agency, line.counterpart] : [line.counterpart, agency];
    const purpose = notice.kind === 'payment' ? 'clearing' : owes ? 'area-collection' : 'area-distribution';
    const kinds = { clearing: 'QS', 'area-collection': 'SJ', 'area-distribution': 'BF' } as const;
    return [
      {
        ...common,
        purpose,
        payer,
        payee,
        amountFen: amount < 0n ? -amount : amount,
        transferNo: number(kinds[purpose], payer, payee),
      },
    ];
  });
}
