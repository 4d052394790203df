import {
  chargedRows,
  outpatientSettlement,
  outpatientVisit,
  refundOf,
  registration,
  totalOf,
} from '#shared/gateway-client';
import type { TreatedVisit } from '#shared/gateway-client';
import { billProblem, sameFigures, splitProblem } from '../bill-checks.js';
import type { Desk } from '../desk.js';
import { done, nodeOf } from '../expectation.js';
import type { Json } from '../expectation.js';

export interface ChargedVisit {
  readonly visit: TreatedVisit;
  readonly visitId: string;
  /** What 2206 and 2207 ask for. */
  readonly settle: ReturnType<typeof outpatientSettlement>;
}

export interface SettledVisit extends ChargedVisit {
  readonly settlementId: string;
  readonly setlinfo: Json;
  readonly msgid: string;
  readonly refund: ReturnType<typeof refundOf>;
}

const idIn = (node: string, name: string) => (output: Json) =>
  typeof nodeOf(output, node)[name] === 'string' ? undefined : `没有 ${node}.${name}`;

/** 挂号、就诊信息、费用明细. */
export async function chargedVisit(desk: Desk): Promise<ChargedVisit> {
  const visit = desk.newVisit('outpatient');
  const registered = await desk.must(
    '门诊挂号',
    done('成功，给出就诊 ID', idIn('data', 'mdtrt_id')),
    '2201',
    registration(visit),
  );
  const visitId = String(nodeOf(registered, 'data')['mdtrt_id']);
  await desk.must('就诊信息上传', done(), '2203A', outpatientVisit(visit, visitId));
  const rows = { feedetail: chargedRows(visit, visitId) };
  await desk.must('费用明细上传', done('成功，每条明细分解之和等于金额', splitProblem), '2204', rows);
  return { visit, visitId, settle: outpatientSettlement(visit, visitId) };
}

/** 门诊结算, booked in the hospital's own books. */
export async function settleCharged(desk: Desk, charged: ChargedVisit, trial?: Json): Promise<SettledVisit> {
  const { visit, visitId, settle } = charged;
  const msgid = desk.client.newMessageId();
  const isRight = (output: Json): string | undefined => {
    const setlinfo = nodeOf(output, 'setlinfo');
    return (
      billProblem(setlinfo, totalOf(visit)) ??
      (trial === undefined ? undefined : sameFigures(trial, setlinfo)) ??
      idIn('setlinfo', 'setl_id')(output)
    );
  };
  const words = `成功，收支恒等${trial === undefined ? '' : '，与预结算一致'}`;
  const output = await desk.must('门诊结算', done(words, isRight), '2207', settle, { msgid });
  const setlinfo = nodeOf(output, 'setlinfo');
  const settlementId = String(setlinfo['setl_id']);
  bookSettled(desk, charged, setlinfo);
  return { ...charged, settlementId, setlinfo, msgid, refund: refundOf(visit, visitId, settlementId) };
}

export const settledVisit = async (desk: Desk): Promise<SettledVisit> => settleCharged(desk, await chargedVisit(desk));

export function bookSettled(desk: Desk, { visit, visitId }: ChargedVisit, setlinfo: Json, refund = false): void {
  const clearingType = visit.kind === 'outpatient' ? '11' : '21';
  desk.books.book(setlinfo, { visitId, personNo: visit.person.personNo, clearingType, refund });
}

/** 门诊结算撤销, booked too: every amount is the negative of the settlement's. */
export async function refundSettled(desk: Desk, settled: SettledVisit, title = '结算撤销'): Promise<Json> {
  const isNegative = (output: Json) => sameFigures(settled.setlinfo, nodeOf(output, 'setlinfo'), -1n);
  const output = await desk.must(title, done('成功，各项金额为原结算的负数', isNegative), '2208', settled.refund);
  const setlinfo = nodeOf(output, 'setlinfo');
  bookSettled(desk, settled, setlinfo, true);
  return setlinfo;
}

/** 5203 结算信息查询 says what the settlement said; the cash has another name there. */
export async function queryAgrees(desk: Desk, settled: SettledVisit, title: string): Promise<void> {
  const { visit, visitId, settlementId, setlinfo } = settled;
  const isSame = (output: Json): string | undefined => {
    const { psn_cash_pay, cash_payamt = psn_cash_pay, ...found } = nodeOf(output, 'setlinfo');
    return sameFigures(setlinfo, { ...found, psn_cash_pay: cash_payamt });
  };
  const question = { psn_no: visit.person.personNo, setl_id: settlementId, mdtrt_id: visitId };
  await desk.step(title, done('成功，与结算应答一致', isSame), '5203', { data: question });
}
