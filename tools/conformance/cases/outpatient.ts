import { chargedRows, totalOf } from '#shared/gateway-client';
import { formatYuan } from '#shared/money';
import { billProblem } from '../bill-checks.js';
import type { Desk } from '../desk.js';
import { done, nodeOf, refused } from '../expectation.js';
import type { Json } from '../expectation.js';
import type { ConformanceCase } from './conformance-case.js';
import { chargedVisit, queryAgrees, settleCharged } from './outpatient-flow.js';

/** 门诊: the ordinary way, and the sums and items that must not pass. */
export const outpatient: ConformanceCase = {
  id: 'outpatient',
  title: '门诊：挂号、明细、预结算、结算、查询',
  articles: 'N31 N33 N34 H81',
  async run(desk: Desk): Promise<void> {
    const charged = await chargedVisit(desk);
    const { visit, visitId, settle } = charged;
    const rowsWith = (change: Json) => ({
      feedetail: chargedRows(visit, visitId).map((row) => ({ ...row, feedetl_sn: `${row.feedetl_sn}X`, ...change })),
    });
    await desk.step(
      '目录外编码',
      refused('项目不在目录内'),
      '2204',
      rowsWith({ med_list_codg: desk.facts.unknownItem }),
    );
    await desk.step(
      '明细金额不等于单价 × 数量',
      refused('金额不符'),
      '2204',
      rowsWith({ det_item_fee_sumamt: '999.99' }),
    );
    const isBill = (output: Json) => billProblem(nodeOf(output, 'setlinfo'), totalOf(visit));
    const tried = nodeOf(await desk.must('预结算', done('成功，收支恒等', isBill), '2206', settle), 'setlinfo');
    const more = { data: { ...settle.data, medfee_sumamt: formatYuan(totalOf(visit) + 1n) } };
    await desk.step('总额多 1 分', refused('总额与明细合计不符'), '2207', more);
    await queryAgrees(desk, await settleCharged(desk, charged, tried), '结算信息查询');
  },
};
