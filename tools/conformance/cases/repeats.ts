import { sameFigures } from '../bill-checks.js';
import type { Desk } from '../desk.js';
import { done, nodeOf, refused } from '../expectation.js';
import type { Json } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { settledVisit } from './outpatient-flow.js';

/** 重发: a message id is done once and for ever. */
export const repeats: ConformanceCase = {
  id: 'repeats',
  title: '重复报文：同一 msgid 只办一次',
  articles: 'P5.2 H83',
  async run(desk: Desk): Promise<void> {
    const { settle, msgid, setlinfo, settlementId } = await settledVisit(desk);
    const isFirst = (output: Json): string | undefined => {
      const again = nodeOf(output, 'setlinfo');
      return again['setl_id'] === settlementId ? sameFigures(setlinfo, again) : '结算 ID 与首次不同';
    };
    await desk.step('同一 msgid、同一内容重发', done('成功，与首次应答相同', isFirst), '2207', settle, { msgid });
    const other = { data: { ...settle.data, invono: 'OTHER' } };
    await desk.step('同一 msgid、不同内容', refused('报文标识已用于另一内容'), '2207', other, { msgid });
    await desk.step('已结算的就诊以新 msgid 再结算', refused('已结算'), '2207', settle);
  },
};

/** 他院就诊: the visits of another hospital are not there. */
export const foreignVisits: ConformanceCase = {
  id: 'foreign-visits',
  title: '他院的就诊与结算不可见',
  articles: 'N57 P5.3',
  missing: ({ other }) => (other === undefined ? '世界文件没有第二家机构的凭证' : undefined),
  async run(desk: Desk): Promise<void> {
    const { settle, refund } = await settledVisit(desk);
    const { other } = desk;
    if (other === undefined) return;
    await desk.step('他院预结算本院就诊', refused('没有该就诊'), '2206', settle, { as: other });
    await desk.step('他院结算本院就诊', refused('没有该就诊'), '2207', settle, { as: other });
    await desk.step('他院撤销本院结算', refused('没有该结算'), '2208', refund, { as: other });
  },
};
