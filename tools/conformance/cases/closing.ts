import type { Desk } from '../desk.js';
import { done, nodeOf } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';

/** 收尾: a run leaves nothing settled, so that it may be repeated and nobody is billed for it. */
export const closing: ConformanceCase = {
  id: 'closing',
  title: '收尾：撤销本次自检留下的门诊结算、费用与挂号',
  articles: 'N42 N34',
  missing: ({ books }) => (books.standing().length === 0 ? '没有留下结算' : undefined),
  async run(desk: Desk): Promise<void> {
    for (const { settlementId, visitId, personNo, clearingType } of desk.books.standing()) {
      const visit = { mdtrt_id: visitId, psn_no: personNo };
      const refunded = await desk.step('结算撤销', done(), '2208', { data: { ...visit, setl_id: settlementId } });
      const about = { visitId, personNo, clearingType, refund: true };
      if (nodeOf(refunded, 'setlinfo')['setl_id'] !== undefined) desk.books.book(nodeOf(refunded, 'setlinfo'), about);
      await desk.step('费用明细撤销', done(), '2205', { data: { ...visit, chrg_bchno: '0000' } });
      await desk.step('门诊挂号撤销', done(), '2202', { data: { ...visit, ipt_otp_no: '' } });
    }
  },
};

/** 签退 where somebody signed in. */
export const signOut: ConformanceCase = {
  id: 'sign-out',
  title: '签退',
  articles: 'P5.3',
  missing: ({ signNo }) => (signNo === undefined ? '没有签到编号' : undefined),
  async run(desk: Desk): Promise<void> {
    await desk.step('签退', done(), '9002', { signOut: { sign_no: desk.signNo, opter_no: '001' } });
  },
};
