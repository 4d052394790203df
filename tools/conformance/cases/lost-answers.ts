import type { Desk } from '../desk.js';
import { done, nodeOf, nothingComes, refused } from '../expectation.js';
import type { Json } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { bookSettled, chargedVisit, refundSettled, settleCharged, settledVisit } from './outpatient-flow.js';

const reversalOf = (desk: Desk, omsgid: string, oinfno: string) => ({
  data: { psn_no: desk.facts.person.personNo, omsgid, oinfno },
});

/** 冲正: a settlement whose answer was lost counts as never made; nothing is lost and nothing is done twice. */
export const lostAnswers: ConformanceCase = {
  id: 'lost-answers',
  title: '应答丢失：冲正（2601）与重发',
  articles: 'P5.2 H83',
  async run(desk: Desk): Promise<void> {
    const charged = await chargedVisit(desk);
    const lost = desk.client.newMessageId();
    const reversal = reversalOf(desk, lost, '2207');
    await desk.lose('结算，应答丢失', '2207', charged.settle, lost);
    await desk.must('冲正该笔结算', done(), '2601', reversal);
    await desk.step('重复冲正', done('成功，视为一次'), '2601', reversal);
    await desk.step('已冲正的报文再次到达', refused('报文已冲正'), '2207', charged.settle, { msgid: lost });
    const settled = await settleCharged(desk, charged);
    await desk.step(
      '交易编号与原报文不符的冲正',
      refused('不是同一笔'),
      '2601',
      reversalOf(desk, settled.msgid, '2304'),
    );

    const again = await chargedVisit(desk);
    const msgid = desk.client.newMessageId();
    await desk.lose('结算，应答丢失', '2207', again.settle, msgid);
    const hasId = (output: Json) =>
      typeof nodeOf(output, 'setlinfo')['setl_id'] === 'string' ? undefined : '没有结算 ID';
    const answer = await desk.must('以同一 msgid 重发', done('成功，取得首次应答', hasId), '2207', again.settle, {
      msgid,
    });
    bookSettled(desk, again, nodeOf(answer, 'setlinfo'));
  },
};

/** 冲正先到: a reversal that overtakes its original, and one for a message that never arrived. */
export const earlyReversals: ConformanceCase = {
  id: 'early-reversals',
  title: '冲正先于原交易到达，或原交易从未到达',
  articles: 'P5.2 H83',
  async run(desk: Desk): Promise<void> {
    const charged = await chargedVisit(desk);
    const msgid = desk.client.newMessageId();
    const { faultHeader } = desk.facts;
    if (faultHeader !== undefined) {
      const headers = { [faultHeader]: 'cut-before-commit' };
      await desk.must('结算，报文未到达网关', nothingComes, '2207', charged.settle, { msgid, headers });
    }
    await desk.must('冲正尚未到达的交易', done(), '2601', reversalOf(desk, msgid, '2207'));
    await desk.step('原交易随后到达', refused('报文已冲正'), '2207', charged.settle, { msgid });
    await settleCharged(desk, charged);
  },
};

/** 撤销的应答丢失: the settlement stands again after the reversal of its refund. */
export const lostRefunds: ConformanceCase = {
  id: 'lost-refunds',
  title: '撤销的应答丢失：冲正后原结算恢复',
  articles: 'N42 P5.2',
  async run(desk: Desk): Promise<void> {
    const settled = await settledVisit(desk);
    const msgid = desk.client.newMessageId();
    await desk.lose('撤销，应答丢失', '2208', settled.refund, msgid);
    await desk.must('冲正该笔撤销', done(), '2601', reversalOf(desk, msgid, '2208'));
    await refundSettled(desk, settled, '恢复后的结算可再次撤销');
  },
};
