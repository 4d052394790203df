import { admission, chargedRows, discharge, inpatientSettlement, refundOf, totalOf } from '#shared/gateway-client';
import { billProblem, sameFigures, splitProblem } from '../bill-checks.js';
import type { Desk } from '../desk.js';
import { done, nodeOf, refused } from '../expectation.js';
import type { Json } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { bookSettled } from './outpatient-flow.js';

/** 住院: the order of discharge and settlement, and that of the undoing. */
export const stay: ConformanceCase = {
  id: 'stay',
  title: '住院：入院、分批明细、出院与结算的次序、依次撤销',
  articles: 'N32 N34 H82',
  async run(desk: Desk): Promise<void> {
    const visit = desk.newVisit('inpatient');
    const hasId = (output: Json) =>
      typeof nodeOf(output, 'result')['mdtrt_id'] === 'string' ? undefined : '没有就诊 ID';
    const admitted = await desk.must('入院办理', done('成功，给出就诊 ID', hasId), '2401', admission(visit));
    const visitId = String(nodeOf(admitted, 'result')['mdtrt_id']);
    const only = { data: { mdtrt_id: visitId, psn_no: visit.person.personNo } };
    const allLines = { data: [{ ...only.data, feedetl_sn: '0000' }] };
    const settle = inpatientSettlement(visit, visitId);
    try {
      const [first, ...rest] = chargedRows(visit, visitId);
      const split = done('成功，每条明细分解之和等于金额', splitProblem);
      await desk.must('费用明细第一批', split, '2301', { feedetail: [first] });
      await desk.must('费用明细第二批', split, '2301', { feedetail: rest });
      const isBill = done('成功，收支恒等', (output) => billProblem(nodeOf(output, 'setlinfo'), totalOf(visit)));
      await desk.must('出院前预结算', isBill, '2303', settle);
      await desk.step('未出院即结算', refused('先办理出院'), '2304', settle);
      await desk.must('出院办理', done(), '2402', discharge(visit, visitId));
      const tried = nodeOf(await desk.must('预结算', isBill, '2303', settle), 'setlinfo');
      const isRight = (output: Json) =>
        billProblem(nodeOf(output, 'setlinfo'), totalOf(visit)) ?? sameFigures(tried, nodeOf(output, 'setlinfo'));
      const settled = await desk.must('住院结算', done('成功，收支恒等，与预结算一致', isRight), '2304', settle);
      const setlinfo = nodeOf(settled, 'setlinfo');
      const about = { visit, visitId, settle: { data: { ...settle.data, chrg_bchno: '' } } };
      bookSettled(desk, about, setlinfo);
      await desk.step('结算后直接撤销出院', refused('先撤销结算'), '2405', only);
      await desk.step('结算后再传费用', refused('已结算'), '2301', {
        feedetail: [{ ...first, feedetl_sn: `${visit.id}-9` }],
      });
      const isNegative = (output: Json) => sameFigures(setlinfo, nodeOf(output, 'setlinfo'), -1n);
      const refund = refundOf(visit, visitId, String(setlinfo['setl_id']));
      const undone = done('成功，各项金额为原结算的负数', isNegative);
      bookSettled(desk, about, nodeOf(await desk.must('结算撤销', undone, '2305', refund), 'setlinfo'), true);
      await desk.must('出院撤销', done(), '2405', only);
      await desk.step('有费用即撤销入院', refused('先撤销费用'), '2404', only);
      await desk.must('费用明细撤销', done(), '2302', allLines);
      await desk.must('入院撤销', done(), '2404', only);
    } finally {
      // A stay that is left open would keep the person out of every other hospital.
      await desk.quietly('2405', only);
      await desk.quietly('2302', allLines);
      await desk.quietly('2404', only);
    }
  },
};
