import type { Day, Month } from '#shared/clock';
import type { clearingNoticeIssued, PayloadOf } from '#shared/contracts';
import type { Fen } from '#shared/money';

type Payload = PayloadOf<typeof clearingNoticeIssued>;
export type NoticeKind = Payload['kind'];

export interface NoticeLine {
  readonly counterpart: string;
  readonly table: Payload['lines'][number]['table'];
  readonly amountFen: Fen;
  /** “*” rows: money that the treatment side gives back (N51). */
  readonly returned: boolean;
}

/** 清算通知书 (A15 A16), or the netting result of an area inside a province. */
export interface Notice {
  readonly noticeNo: string;
  readonly period: Month;
  readonly kind: NoticeKind;
  readonly agency: string;
  readonly issuedOn: Day;
  readonly lines: readonly NoticeLine[];
  readonly totalFen: Fen;
}
