import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settlementCompleted } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { formatYuan } from '#shared/money';
import { ObligationBook } from '#shared/obligations';
import { AreaValues } from '#shared/rules';
import { testCaller } from '#shared/testing';
import { AuditDeclaration } from '../declaration/audit-declaration.js';
import { DeclareCharges } from '../declaration/declare-charges.js';
import type { Settlement } from '../settlement/settlement.js';
import { fundTotal } from '../settlement/settlement.js';
import { state } from '../testing/declaring.js';
import { SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { ChangeVisit } from '../visit/change-visit.js';
import { PaymentMethods } from './method/payment-methods.js';
import { PayCases } from './pay-cases.js';
import { PayInstitution } from './pay-institution.js';
import { sheetRows } from './payment.repository.js';

const area = testCaller('310000', 'payer');
const dated = (value: string) => ({ value, from: '2022-10-01', article: 'H60' });
const byItem = { inpatientMethod: dated('by-item'), paymentGroups: dated('') };
const byGroup = { inpatientMethod: dated('by-group'), paymentGroups: dated('payment-groups-example.yaml') };

/** Two stays in Shanghai of a person from Changsha, of which one falls into a group; the place pays its hospital by groups. */
describe('a place that pays its hospitals by groups', () => {
  let world: SettlementWorld;
  let pneumonia: Settlement;
  let other: Settlement;

  async function stay(personNo: string, diagnosis: string): Promise<Settlement> {
    await world.person({ personNo });
    const diagnoses = [{ inout: '1', type: '1', main: true, order: 1, code: diagnosis, name: '', details: {} }];
    const opened = orThrow(await world.open(personNo, 'inpatient', { diagnoses }));
    orThrow(await world.charge(opened, [world.line('9000.00', { batchNo: '' })]));
    const visit = orThrow(
      await world.service.transaction((tx) =>
        world.service.get(ChangeVisit).discharge(tx, opened, world.today(), undefined),
      ),
    );
    return orThrow(await world.settle(world.command(visit, '9000.00')));
  }
  /** The month is declared, passes the audit and is paid. */
  async function paid(month: string, lastDay: string, payDay: string) {
    const { service } = world;
    await service.moveTo(payDay);
    await state(world, 'inpatient', lastDay);
    const stated = await service.query<{ totalFen: bigint; fundFen: bigint; accountFen: bigint; cashFen: bigint }>(
      `select sum(total_fen)::bigint as "totalFen", sum(fund_fen)::bigint as "fundFen", sum(personal_account_fen)::bigint as "accountFen",
              sum(cash_fen)::bigint as "cashFen" from settlement where to_char(settled_on, 'YYYY-MM') = $1`,
      [month],
    );
    const [sums] = stated;
    if (sums === undefined) throw new Error('a sum has a row');
    const command = { institution: shanghai, month, setting: 'inpatient', ...sums } as const;
    const declaration = orThrow(await service.transaction((tx) => service.get(DeclareCharges).execute(tx, command)));
    await service.get(AuditDeclaration).execute(declaration.declarationId, [], area);
    const methods = new PaymentMethods(AreaValues.of('test', { nation: byItem, '310000': byGroup }));
    const pay = new PayInstitution(service.database, service.clock, service.get(ObligationBook), new PayCases(methods));
    return orThrow(await pay.prepare(shanghai.institutionCode, month, area));
  }

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-30');
    await world.service.moveTo('2026-03-30');
    pneumonia = await stay('P1', 'J18.900');
    other = await stay('P2', 'Z99.000');
  });
  afterAll(() => world.stop());

  it('[H60 P3.5] the hospital gets the standard less the patient’s part, the home area is charged what was settled', async () => {
    const payment = await paid('2026-03', '2026-03-30', '2026-04-08');
    // 0.82 × 9600.00 = 7872.00 for the group, less what the patient paid; the other stay goes by item.
    const charged = fundTotal(pneumonia) + pneumonia.personalAccountFen;
    const differenceFen = 787_200n - pneumonia.cashFen - charged;
    expect(payment).toMatchObject({
      declaredFen: charged + fundTotal(other) + other.personalAccountFen,
      ...{ deductedFen: 0n, methodDifferenceFen: differenceFen },
      paidFen: 787_200n - pneumonia.cashFen + fundTotal(other) + other.personalAccountFen,
    });
    expect(differenceFen).not.toBe(0n);
    const sheet = await world.service.transaction((tx) => sheetRows(tx, payment.paymentNo));
    expect(
      sheet.map(({ settlementId, method, groupCode, difference }) => [settlementId, method, groupCode, difference]),
    ).toEqual([
      [pneumonia.settlementId, 'by-group', 'ES21', differenceFen],
      [other.settlementId, 'by-item', null, 0n],
    ]);
    const told = await world.service.published(settlementCompleted);
    const told1 = told.find(({ payload }) => payload.settlementId === pneumonia.settlementId);
    expect(told1?.payload.funds).toEqual([{ fundType: '310100', amount: formatYuan(fundTotal(pneumonia)) }]);
  });

  it('[H60 N42] a refund in a later month takes the difference back as well', async () => {
    orThrow(await world.refund(pneumonia));
    const payment = await paid('2026-04', '2026-04-08', '2026-05-11');
    const charged = fundTotal(pneumonia) + pneumonia.personalAccountFen;
    expect(payment).toMatchObject({
      ...{ declaredFen: -charged, methodDifferenceFen: -(787_200n - pneumonia.cashFen - charged) },
      paidFen: -(787_200n - pneumonia.cashFen),
    });
    const [sums] = await world.service.query(
      `select sum(charged_fen) filter (where method = 'by-group')::bigint as charged, sum(difference_fen)::bigint as difference from case_payment`,
    );
    expect(sums).toEqual({ charged: 0n, difference: 0n });
  });
});
