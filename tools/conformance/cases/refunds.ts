import { refundOf } from '#shared/gateway-client';
import type { Desk } from '../desk.js';
import { refused } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { queryAgrees, refundSettled, settledVisit } from './outpatient-flow.js';

/** 退费: once, whole, in any order. */
export const refunds: ConformanceCase = {
  id: 'refunds',
  title: '退费：负数记录、只退一次、隔笔退费',
  articles: 'N42 H52',
  async run(desk: Desk): Promise<void> {
    const first = await settledVisit(desk);
    const second = await settledVisit(desk);
    const refunded = await refundSettled(desk, first, '隔笔退费：先退较早的一笔');
    await desk.step('再次撤销同一结算', refused('已撤销'), '2208', first.refund);
    const ofRefund = refundOf(first.visit, first.visitId, String(refunded['setl_id']));
    await desk.step('撤销退费记录', refused('退费记录不能再撤销'), '2208', ofRefund);
    await queryAgrees(desk, second, '较晚的一笔不受影响');
    await refundSettled(desk, second, '再退较晚的一笔');
  },
};
