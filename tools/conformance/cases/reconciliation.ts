import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { formatYuan } from '#shared/money';
import { fenOf, totals } from '../books.js';
import type { BookedSettlement } from '../books.js';
import type { Desk } from '../desk.js';
import { done, nodeOf } from '../expectation.js';
import type { Json } from '../expectation.js';
import { CaseStopped } from '../step.js';
import type { ConformanceCase } from './conformance-case.js';

type ClearingType = BookedSettlement['clearingType'];
const clearingTypes: readonly ClearingType[] = ['11', '21'];

/** What the gateway already had of this day, so that a second run on the same day balances too. */
export const openingBooks: ConformanceCase = {
  id: 'opening-books',
  title: '对账准备：取中心当日已有的结算',
  articles: 'N38 H46',
  async run(desk: Desk): Promise<void> {
    for (const clearingType of clearingTypes) {
      const rows = await differences(desk, clearingType, []);
      desk.books.add(rows.filter((row) => row.settlementId !== 'null').map((row) => ({ ...row, clearingType })));
    }
  },
};

/** 对账: totals and details of the day, right ones and wrong ones. */
export const reconciliation: ConformanceCase = {
  id: 'reconciliation',
  title: '对账：总账（3201）与明细（9101、3202、9102）',
  articles: 'N37 N38 H46',
  async run(desk: Desk): Promise<void> {
    for (const clearingType of clearingTypes) {
      const own = desk.books.of(clearingType);
      const sums = totals(own);
      await desk.step(
        `总账对账（清算类别 ${clearingType}）`,
        statement('0', '平'),
        '3201',
        totalsOf(desk, clearingType, sums),
      );
      const wrong = { ...sums, total: sums.total + 1n };
      await desk.step('总账多 1 分', statement('1', '不平'), '3201', totalsOf(desk, clearingType, wrong));
      const differing = await differences(desk, clearingType, own);
      if (differing.length > 0)
        throw new CaseStopped(`明细不一致：${differing.map(({ settlementId }) => settlementId).join('、')}`);
      const [forgotten, ...kept] = own;
      if (forgotten === undefined) continue;
      const found = await differences(desk, clearingType, kept);
      if (!found.some(({ settlementId }) => settlementId === forgotten.settlementId))
        throw new CaseStopped(`结果文件没有指出漏报的结算 ${forgotten.settlementId}`);
    }
  },
};

const statement = (result: string, words: string) =>
  done(`成功，对账结果 ${result}（${words}）`, (output) => {
    const info = nodeOf(output, 'stmtinfo');
    const came = String(info['stmt_rslt']);
    return came === result ? undefined : `对账结果 ${came}：${String(info['stmt_rslt_dscr'])}`;
  });

type Totals = ReturnType<typeof totals>;

const days = (desk: Desk) => ({ stmt_begndate: desk.today, stmt_enddate: desk.today });

const totalsOf = (desk: Desk, clearingType: ClearingType, { total, fund, account, count }: Totals) => ({
  data: {
    ...{ insutype: desk.facts.person.scheme, clr_type: clearingType, ...days(desk) },
    ...{ setl_optins: desk.facts.hospital.institution.area, medfee_sumamt: formatYuan(total) },
    ...{
      fund_pay_sumamt: formatYuan(fund),
      acct_pay: formatYuan(account),
      fixmedins_setl_cnt: count,
      refd_setl_flag: '1',
    },
  },
});

/** 9101, 3202 and 9102: the lines in which the gateway and these books differ. */
async function differences(
  desk: Desk,
  clearingType: ClearingType,
  own: readonly BookedSettlement[],
): Promise<Omit<BookedSettlement, 'clearingType'>[]> {
  const { code, area } = desk.facts.hospital.institution;
  const text = own.map(lineOf).join('\n');
  const zipped = zipSync({ 'detail.txt': strToU8(text) });
  const file = {
    in: Buffer.from(zipped).toString('base64'),
    filename: `${code}-${desk.today}.zip`,
    fixmedins_code: code,
  };
  const uploaded = await desk.must('明细文件上传', done(), '9101', { fsUploadIn: file });
  const { total, fund, cash, count } = totals(own);
  const answer = await desk.must(`明细对账（清算类别 ${clearingType}，${count} 笔）`, done(), '3202', {
    data: {
      ...{ setl_optins: area, file_qury_no: fileNoIn(uploaded), ...days(desk), clr_type: clearingType },
      ...{ medfee_sumamt: formatYuan(total), fund_pay_sumamt: formatYuan(fund), cash_payamt: formatYuan(cash) },
      ...{ fixmedins_setl_cnt: count, refd_setl_flag: '1' },
    },
  });
  const { file_qury_no: fileNo, filename } = nodeOf(answer, 'fileinfo');
  const bytes = await desk.client.download(String(fileNo), String(filename));
  if (!(bytes instanceof Uint8Array)) throw new CaseStopped(`结果文件下载失败（9102）：${bytes.err_msg}`);
  return Object.values(unzipSync(bytes))
    .flatMap((content) => strFromU8(content).split('\n'))
    .filter((row) => row.trim() !== '')
    .map(readLine);
}

/** Some gateways put the keys of 9101 into a node, others beside it. */
const fileNoIn = (output: Json): unknown =>
  output['file_qury_no'] ?? nodeOf(output, 'fsUploadIn')['file_qury_no'] ?? nodeOf(output, 'data')['file_qury_no'];

const lineOf = (line: BookedSettlement): string =>
  [
    ...[line.settlementId, line.visitId, line.personNo, formatYuan(line.totalFen), formatYuan(line.fundFen)],
    ...[formatYuan(line.accountFen), line.refund ? '1' : '0'],
  ].join('\t');

function readLine(row: string): Omit<BookedSettlement, 'clearingType'> {
  const [personNo = '', visitId = '', settlementId = '', , , refund, , total, fund, account] = row.split('\t');
  const [totalFen, fundFen, accountFen] = [fenOf(total), fenOf(fund), fenOf(account)];
  return {
    ...{ settlementId, visitId, personNo, refund: refund === '1', totalFen, fundFen, accountFen },
    cashFen: totalFen - fundFen - accountFen,
  };
}
