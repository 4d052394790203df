import type { Day, Month } from '#shared/clock';
import { sum } from '#shared/money';
import type { Pair } from '../../tables/tables.js';
import type { Notice, NoticeKind, NoticeLine } from '../notice.js';

const prefixes: Record<NoticeKind, string> = { payment: 'FK', receipt: 'SK', 'area-netting': 'ZC' };
export const noticeNo = (kind: NoticeKind, agency: string, period: Month): string =>
  `${prefixes[kind]}${agency}${period.replace('-', '')}`;

/** 付款通知书与收款通知书 (N47 N51): returned money is a row of its own on the other side's notice, never netted silently. */
export function provinceNotices(pairs: readonly Pair[], period: Month, issuedOn: Day): Notice[] {
  const agencies = [...new Set(pairs.flatMap(({ payer, payee }) => [payer, payee]))].sort();
  const notices = agencies.flatMap((agency) => [
    noticeOf(
      'payment',
      agency,
      [
        ...pairs.filter(({ payer }) => payer === agency).map((pair) => lineOf(pair.payee, pair.payableFen, false)),
        ...pairs.filter(({ payee }) => payee === agency).map((pair) => lineOf(pair.payer, pair.returnedFen, true)),
      ],
      period,
      issuedOn,
    ),
    noticeOf(
      'receipt',
      agency,
      [
        ...pairs.filter(({ payee }) => payee === agency).map((pair) => lineOf(pair.payer, pair.payableFen, false)),
        ...pairs.filter(({ payer }) => payer === agency).map((pair) => lineOf(pair.payee, pair.returnedFen, true)),
      ],
      period,
      issuedOn,
    ),
  ]);
  return notices.filter(({ lines }) => lines.length > 0);
}

const lineOf = (counterpart: string, amountFen: bigint, returned: boolean): NoticeLine => ({
  counterpart,
  table: 'provinces',
  amountFen,
  returned,
});

function noticeOf(
  kind: NoticeKind,
  agency: string,
  lines: readonly NoticeLine[],
  period: Month,
  issuedOn: Day,
): Notice {
  const real = lines.filter(({ amountFen }) => amountFen !== 0n);
  return {
    noticeNo: noticeNo(kind, agency, period),
    period,
    kind,
    agency,
    issuedOn,
    lines: real,
    totalFen: sum(real.map(({ amountFen }) => amountFen)),
  };
}
