import { areaName } from '#shared/regions';
import { clerk } from '../people.js';
import { StoryBroken } from '../story-broken.js';
import { payTransfers } from './02-prepay.js';
import { month } from './05-declare-audit-pay.js';
import type { Stage } from './stage.js';

export interface Usage {
  readonly payee: string;
  readonly cleared: string;
  readonly prepayment: string;
  readonly percent: string;
  readonly level: string;
}

export interface Matter {
  readonly matterNo: string;
  readonly cause: string;
  readonly subject: string;
  readonly asker: string;
  readonly responsible: string;
  readonly state: string;
  readonly dueOn: string;
}

/** 预警: usage per receiving province on the signed clearing; matters have opened by themselves. */
export async function warn({ doors, teller }: Stage): Promise<void> {
  teller.step('预付金使用率与预警', 'Prepayment usage and warnings (N23)');
  const usage = await doors.call<Usage[]>(clerk('000000'), 'funds', 'GET', `/usage?period=${month}`);
  teller.table(
    ['收款省 payee', '清算 cleared', '预付金 prepayment', '使用率', '级别 level'],
    usage.map(({ payee, cleared, prepayment, percent, level }) => [
      areaName(payee),
      cleared,
      prepayment,
      `${percent}%`,
      level,
    ]),
  );
  const warnings = await doors.call<unknown[]>(clerk('000000'), 'funds', 'GET', `/warnings?period=${month}`);
  teller.say(`预警 ${warnings.length} 条 (one red, two yellow), 每级每轮只发一次`);
}

/** 业务协同: the red warning's matter is answered by the province and confirmed by the nation. */
export async function answerMatter({ doors, teller }: Stage): Promise<void> {
  teller.step('业务协同：预警与差异自动立项', 'Collaboration: matters opened by themselves (N59)');
  await doors.moveTo('2026-05-07');
  const nation = clerk('000000');
  const matters = await doors.call<Matter[]>(nation, 'collaboration', 'GET', '/matters?cause=warning');
  const red = matters.find(({ responsible }) => responsible === '310000');
  if (red === undefined) throw new StoryBroken('the red warning of Shanghai must have opened a matter');
  await doors.call(clerk('310000'), 'collaboration', 'POST', `/matters/${red.matterNo}/answer`, {
    result: '已核实清算数据，将按规定申请紧急调增。',
  });
  await doors.moveTo('2026-05-08');
  await doors.call(nation, 'collaboration', 'POST', `/matters/${red.matterNo}/confirmation`, { agreed: true });
  const all = await doors.call<Matter[]>(nation, 'collaboration', 'GET', '/matters');
  teller.table(
    ['编号', '起因 cause', '事项 subject', '责任方', '状态', '应于'],
    all.map(({ matterNo, cause, subject, responsible, state, dueOn }) => [
      matterNo,
      cause,
      subject,
      areaName(responsible),
      state,
      dueOn,
    ]),
  );
}

/** 五月: the notices are handed to finance, paid, received; the areas of Hunan pay up. */
export async function transfer(stage: Stage): Promise<void> {
  const { doors, teller } = stage;
  teller.step('五月：提交财政、划拨、到账', 'May: to finance, transferred, received (N48 N49 H66, over Labour Day)');
  const transfers = [];
  for (const [purpose, days] of [
    ['clearing', { submit: '2026-05-11', pay: '2026-05-20', receive: '2026-05-21' }],
    ['area-collection', { submit: '2026-05-22', pay: '2026-05-22', receive: '2026-05-25' }],
    ['area-distribution', { submit: '2026-05-26', pay: '2026-05-26', receive: '2026-05-27' }],
  ] as const) {
    transfers.push(...(await payTransfers(stage, `purpose=${purpose}&period=${month}`, days)));
  }
  teller.table(
    ['用途 purpose', '付款 payer', '收款 payee', '金额 amount'],
    transfers.map(({ purpose, payer, payee, amount }) => [purpose, areaName(payer), areaName(payee), amount]),
  );
  await doors.moveTo('2026-06-02');
}
