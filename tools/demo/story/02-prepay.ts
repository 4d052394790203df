import { areaName } from '#shared/regions';
import { checker, clerk } from '../people.js';
import { quotas } from '../world.js';
import type { Stage } from './stage.js';

interface Quota {
  readonly payer: string;
  readonly payee: string;
  readonly exact: string;
  readonly quota: string;
}

export interface Transfer {
  readonly transferNo: string;
  readonly purpose: string;
  readonly payer: string;
  readonly payee: string;
  readonly amount: string;
  readonly state: string;
}

/** Takes every transfer of one purpose through finance: submitted, paid by one, approved by another, received. */
export async function payTransfers(
  stage: Stage,
  query: string,
  days: { submit: string; pay: string; receive: string },
): Promise<Transfer[]> {
  const { doors } = stage;
  await doors.moveTo(days.submit);
  const transfers = await doors.call<Transfer[]>(clerk('000000'), 'funds', 'GET', `/transfers?${query}`);
  for (const { transferNo, payer } of transfers)
    await doors.call(clerk(payer), 'funds', 'POST', `/transfers/${transferNo}/submission`);
  await doors.moveTo(days.pay);
  for (const { transferNo, payer } of transfers) {
    await doors.call(clerk(payer), 'funds', 'POST', `/transfers/${transferNo}/payment`, {
      bankName: `示例银行${areaName(payer)}分行`,
      transactionNo: `TX${transferNo}`,
      transactionDate: days.pay,
    });
    await doors.call(checker(payer), 'funds', 'POST', `/transfers/${transferNo}/payment-approval`);
  }
  await doors.moveTo(days.receive);
  for (const { transferNo, payee } of transfers)
    await doors.call(clerk(payee), 'funds', 'POST', `/transfers/${transferNo}/receipt`);
  return transfers;
}

/** 预付金: this year's quotas from the last quarter's months, fixed by the nation, paid by the provinces. */
export async function prepay(stage: Stage): Promise<void> {
  const { doors, teller } = stage;
  teller.step(
    '预付金：按上年第四季度核定并到账',
    'Prepayment: quotas from the last quarter, paid and received (N18 N21 N22)',
  );
  await doors.moveTo('2026-01-29');
  const computed = await doors.call<Quota[]>(clerk('000000'), 'funds', 'POST', '/quotas', {
    year: 2026,
    pairs: quotas,
  });
  await doors.call(checker('000000'), 'funds', 'POST', '/quotas/2026/approval');
  await payTransfers(stage, 'purpose=prepayment', { submit: '2026-02-03', pay: '2026-02-10', receive: '2026-02-11' });
  teller.table(
    ['付款 payer', '收款 payee', '核算值 exact', '核定额度 quota'],
    computed.map(({ payer, payee, exact, quota }) => [areaName(payer), areaName(payee), exact, quota]),
  );
}
