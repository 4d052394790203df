import { areaName } from '#shared/regions';
import { checker, clerk, office } from '../people.js';
import { StoryBroken } from '../story-broken.js';
import { institutions, persons } from '../world.js';
import type { InstitutionKey } from '../world.js';
import type { Stage } from './stage.js';

interface Declaration {
  readonly declarationId: string;
  readonly institutionCode: string;
  readonly state: string;
}

export interface Payment {
  readonly paymentNo: string;
  readonly institutionCode: string;
  readonly declared: string;
  readonly deducted: string;
  readonly paid: string;
  readonly state: string;
}

export const month = '2026-03';

/** April: the home areas confirm, the hospitals declare, the treatment areas audit and pay. */
export async function declareAuditPay(stage: Stage): Promise<void> {
  const { doors, books, settled, teller } = stage;
  teller.step('四月：对账确认、申报、审核、拨付', 'April: confirmation, declaration, audit, payment (N38 H48 H49 H50)');
  await doors.moveTo('2026-04-02');
  const homes = [...new Set([...settled.values()].map(({ fact }) => persons[fact.person].home))].sort();
  for (const home of homes)
    await doors.call(clerk(home), 'settlement', 'POST', `/reconciliation-months/${month}/confirmation`);
  teller.say(`参保地确认上月对账 (by the 3rd)：${homes.map(areaName).join('、')}`);

  await doors.moveTo('2026-04-07');
  const keys = [...new Set([...settled.values()].map(({ fact }) => fact.institution))].sort();
  for (const key of keys) await books.declare(key, month);

  await doors.moveTo('2026-04-15');
  const declarations = await doors.call<Declaration[]>(
    clerk('000000'),
    'settlement',
    'GET',
    `/declarations?month=${month}`,
  );
  for (const { declarationId, institutionCode } of declarations) {
    const key = keys.find((candidate) => institutions[candidate].code === institutionCode);
    if (key === undefined) throw new StoryBroken(`unknown declarer ${institutionCode}`);
    const findings =
      key === 'H-SH3'
        ? [
            {
              settlementId: settled.get('V3')?.settlementId,
              lineNo: 'V3-6',
              amount: '400.00',
              reasonCode: 'QUANTITY',
              reason: '用量超出处方',
            },
          ]
        : [];
    await doors.call(clerk(institutions[key].area), 'settlement', 'POST', `/declarations/${declarationId}/audit`, {
      findings,
    });
    if (findings.length > 0)
      teller.say(`上海审核：V3 乙类药扣减 400.00，机构可在 5 个工作日内申诉 (one deduction on one line)`);
  }
  await doors.moveTo('2026-04-16');
  for (const { declarationId, institutionCode, state } of await doors.call<Declaration[]>(
    clerk('000000'),
    'settlement',
    'GET',
    `/declarations?month=${month}`,
  )) {
    if (state === 'preliminary')
      await doors.call(
        office(institutionCode, institutions['H-SH3'].area),
        'settlement',
        'POST',
        `/declarations/${declarationId}/acceptance`,
      );
  }
  await doors.untilQuiet();
  await doors.moveTo('2026-04-17');
  for (const key of keys) await pay(stage, key);
  const payments = await doors.call<Payment[]>(clerk('000000'), 'settlement', 'GET', `/payments?month=${month}`);
  teller.table(
    ['机构 institution', '申报 declared', '扣减 deducted', '拨付 paid', '状态'],
    payments.map(({ institutionCode, declared, deducted, paid, state }) => [
      institutionCode,
      declared,
      deducted,
      paid,
      state,
    ]),
  );
}

async function pay({ doors }: Stage, key: InstitutionKey): Promise<void> {
  const { code, area } = institutions[key];
  const payment = await doors.call<Payment>(clerk(area), 'settlement', 'POST', '/payments', {
    institutionCode: code,
    month,
  });
  await doors.call(checker(area), 'settlement', 'POST', `/payments/${payment.paymentNo}/approval`, {
    bankName: `示例银行${areaName(area)}分行`,
    transactionNo: `BF${payment.paymentNo}`,
    transactionDate: doors.today,
  });
}
