import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '#shared/errors';
import { codeOf, SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { ChangeVisit } from './change-visit.js';
import { RecordLines } from './record-lines.js';
import type { Visit } from './visit.js';
import { ownVisit } from './visit-access.js';

describe('visits and their charges', () => {
  let world: SettlementWorld;
  const change = <T>(work: (change: ChangeVisit) => (tx: never) => Promise<T>): Promise<T> =>
    world.service.transaction((tx) => work(world.service.get(ChangeVisit))(tx as never));
  const discharge = (visit: Visit, on: string) => change((one) => (tx) => one.discharge(tx, visit, on, []));
  const cancel = (visit: Visit) => change((one) => (tx) => one.cancel(tx, visit));
  const read = async ({ visitId, personNo }: Visit): Promise<Visit> =>
    orThrow(await world.service.transaction((tx) => ownVisit(tx, shanghai.institutionCode, visitId, personNo)));
  const cancelLines = (visit: Visit, lineNo: string) =>
    world.service.transaction((tx) =>
      world.service.get(RecordLines).cancel(tx, visit, (line) => line.lineNo === lineNo),
    );

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
    await world.person({ personNo: 'P1' });
    await world.person({ personNo: 'P2', filedTo: null });
  });
  afterAll(() => world.stop());

  it('[N15 H24] a suspended hospital, or one that does not offer the service, opens nothing', async () => {
    expect(await world.open('P1', 'inpatient', { institution: { ...shanghai, agreement: 'suspended' } })).toMatchObject(
      {
        code: 'INSTITUTION_NOT_ACTIVE',
        args: { agreement: '暂停' },
      },
    );
    expect(
      await world.open('P1', 'inpatient', { institution: { ...shanghai, services: ['outpatient'] } }),
    ).toMatchObject({
      code: 'SERVICE_NOT_OFFERED',
      args: { service: '住院' },
    });
  });

  it('[N16] an unknown person, or one not insured in the scheme on the day, is refused', async () => {
    expect(codeOf(await world.open('P9', 'inpatient'))).toBe('PERSON_UNKNOWN');
    expect(codeOf(await world.open('P1', 'inpatient', { scheme: '390' }))).toBe('NOT_INSURED_IN_SCHEME');
    expect(codeOf(await world.open('P1', 'inpatient', { admittedOn: '2009-12-31' }))).toBe('ADMISSION_DAY_WRONG');
  });

  it('[N14 N16 H27] an unfiled inpatient is told to file; outpatients and emergencies need no filing', async () => {
    expect(codeOf(await world.open('P2', 'inpatient'))).toBe('NOT_FILED');
    expect(codeOf(await world.open('P2', 'outpatient'))).toBe('fine');
    expect(codeOf(await world.open('P2', 'inpatient', { emergency: true }))).toBe('fine');
  });

  it('[N31] each line is split by the catalogue of its day, and the split is kept', async () => {
    const visit = orThrow(await world.open('P1', 'outpatient'));
    const lines = [
      world.line('317.75', { itemCode: 'CT' }),
      world.line('130.00', { itemCode: 'BED', price: '65', quantity: '2' }),
      world.line('80.00', { itemCode: 'NURSING' }),
    ];
    const recorded = orThrow(await world.charge(visit, lines));
    expect(recorded.map((line) => [line.ownExpenseFen, line.overLimitFen, line.firstPayFen, line.inScopeFen])).toEqual([
      [0n, 0n, 3_178n, 28_597n],
      [0n, 1_000n, 0n, 12_000n],
      [8_000n, 0n, 0n, 0n],
    ]);
    expect(recorded.map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  it('[N31] all lines of a message or none: an unknown item or a wrong product stops the message', async () => {
    const visit = orThrow(await world.open('P1', 'outpatient'));
    const unknown = [world.line('1.00'), world.line('1.00', { itemCode: 'NOBODY' })];
    expect(await world.charge(visit, unknown)).toMatchObject({ code: 'ITEM_UNKNOWN', args: { item: 'NOBODY' } });
    const wrong = [world.line('1.00'), world.line('1.00', { price: '2.00' })];
    expect(codeOf(await world.charge(visit, wrong))).toBe('LINE_SUM_WRONG');
    const early = [world.line('1.00', { occurredOn: '2024-12-31' })];
    expect(codeOf(await world.charge(visit, early))).toBe('ITEM_UNKNOWN');
    expect(await world.count('fee_line', `visit_id = '${visit.visitId}'`)).toBe(0);
  });

  it.each([
    ['amount', { amountFen: 100n, price: '1.00' }],
    ['quantity', { price: '0.5', quantity: '4' }],
    ['item', { itemCode: 'CT' }],
    ['batch', { batchNo: 'B2' }],
    ['day', { occurredOn: '2026-03-15' }],
  ])('[N31] the same line again is the same; with another %s it is refused', async (_, other) => {
    const visit = orThrow(await world.open('P1', 'outpatient'));
    const line = world.line('2.00');
    const first = orThrow(await world.charge(visit, [line]));
    expect(orThrow(await world.charge(visit, [line, line]))).toHaveLength(2);
    expect(await world.count('fee_line', `visit_id = '${visit.visitId}'`)).toBe(first.length);
    expect(codeOf(await world.charge(visit, [{ ...line, ...other }]))).toBe('LINE_CHANGED');
  });

  it('[N34] a stay: discharged not before its admission, undone, charged again, settled', async () => {
    const stay = orThrow(await world.open('P1', 'inpatient', { admittedOn: '2026-03-10' }));
    orThrow(await world.charge(stay, [world.line('3000.00', { batchNo: '' })]));
    expect(codeOf(await discharge(stay, '2026-03-09'))).toBe('ENVELOPE_INVALID');
    const discharged = orThrow(await discharge(stay, '2026-03-16'));
    expect(await read(stay)).toMatchObject({ status: 'discharged', dischargedOn: '2026-03-16' });
    expect(codeOf(await discharge(discharged, '2026-03-16'))).toBe('VISIT_DISCHARGED');
    const back = orThrow(await change((one) => (tx) => one.undoDischarge(tx, discharged)));
    expect(await read(stay)).toMatchObject({ status: 'admitted', dischargedOn: null });
    orThrow(await world.charge(back, [world.line('10.00', { batchNo: '' })]));
    const again = orThrow(await discharge(back, '2026-03-16'));
    expect(codeOf(await world.settle(world.command(again, '3010.00')))).toBe('fine');
    const settled = await read(stay);
    expect(codeOf(await world.charge(settled, [world.line('1.00', { batchNo: '' })]))).toBe('VISIT_SETTLED');
    expect(codeOf(await cancel(settled))).toBe('VISIT_SETTLED');
  });

  it('[N34] outpatients are not discharged', async () => {
    expect(codeOf(await discharge(orThrow(await world.open('P1', 'outpatient')), '2026-03-16'))).toBe('WRONG_SETTING');
  });

  it('[N34] a registration is cancelled after its fees, and is then at its end', async () => {
    const visit = await world.registered('P1', '5.00');
    expect(await cancel(visit)).toMatchObject({ code: 'VISIT_HAS_FEES', args: { count: 1, undo: '2205' } });
    expect(await world.count('fee_line', `visit_id = '${visit.visitId}'`)).toBe(1);
    await world.service.transaction((tx) => world.service.get(RecordLines).cancel(tx, visit, () => true));
    expect(codeOf(await cancel(visit))).toBe('fine');
    const gone = await read(visit);
    expect(gone.status).toBe('cancelled');
    expect(codeOf(await world.charge(gone, [world.line('1.00')]))).toBe('VISIT_CANCELLED');
    expect(codeOf(await cancel(gone))).toBe('VISIT_CANCELLED');
  });

  it('[N34] a person is in one hospital at a time; the answer says where and since when', async () => {
    await world.person({ personNo: 'P7' });
    const stay = orThrow(await world.open('P7', 'inpatient', { admittedOn: '2026-03-14' }));
    expect(await world.open('P7', 'inpatient')).toMatchObject({
      code: 'ALREADY_ADMITTED_HERE',
      args: { visitId: stay.visitId, day: '2026-03-14' },
    });
    const elsewhere = { ...shanghai, institutionCode: 'H31000000302' };
    expect(await world.open('P7', 'inpatient', { institution: elsewhere })).toMatchObject({
      code: 'ALREADY_ADMITTED_ELSEWHERE',
      args: { area: '上海', day: '2026-03-14' },
    });
    orThrow(await discharge(stay, '2026-03-16'));
    expect(codeOf(await world.open('P7', 'inpatient'))).toBe('fine');
  });

  it('[N34] settled lines are neither cancelled nor is their registration; unsettled ones are', async () => {
    const visit = orThrow(await world.open('P1', 'outpatient'));
    const [kept, free] = [world.line('7.00'), world.line('8.00', { batchNo: 'B2' })];
    orThrow(await world.charge(visit, [kept, free]));
    orThrow(await world.settle(world.command(visit, '7.00')));
    expect(codeOf(await cancelLines(visit, kept.lineNo))).toBe('LINES_SETTLED');
    expect(await cancelLines(visit, free.lineNo)).toBe(1);
    expect(codeOf(await cancel(visit))).toBe('LINES_SETTLED');
  });
});
