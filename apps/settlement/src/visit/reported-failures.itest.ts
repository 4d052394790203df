import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filingChanged, insuredPersonChanged } from '#shared/contracts';
import { describe as textOf, isRefusal, orThrow } from '#shared/errors';
import { keepFiling, keepPerson } from '../person/known-person.repository.js';
import { codeOf, SettlementWorld, shanghai } from '../testing/settlement-world.js';
import { ChangeVisit } from './change-visit.js';
import { findingsOf } from './visit-legs.js';
import { readLegs } from './visit-legs.repository.js';

/** What has gone wrong in the country, each with the answer that the hospital would have wished for. */
describe('failures that were reported', () => {
  let world: SettlementWorld;
  const said = (outcome: unknown): string => (isRefusal(outcome) ? textOf(outcome).message : 'fine');
  const file = (personNo: string, given: object): Promise<void> =>
    world.service.transaction((tx) =>
      keepFiling(tx, { ...filingChanged.example, filingNo: `F-${personNo}`, personNo, ...given }, 9),
    );
  const legs = (visitId: string) => world.service.transaction((tx) => readLegs(tx, visitId));

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16');
    for (const personNo of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6']) await world.person({ personNo, filedTo: null });
    await world.person({ personNo: 'Q1', account: '100.00' });
  });
  afterAll(() => world.stop());

  it('[N38 N34] settled at the hospital, no record at home: seen at once, and said on which side it is missing', async () => {
    const { visitId, settlementId } = await world.settled('Q1', '300.00');
    expect(findingsOf({ ...(await legs(visitId)), unsent: 0 })).toEqual([]);
    await world.service.query('delete from home_settlement where settlement_id = $1', [settlementId]);
    expect(findingsOf({ ...(await legs(visitId)), unsent: 0 })).toEqual([`就医地有结算 ${settlementId}，参保地没有`]);
  });

  it('[N34] settled nowhere and yet refused cannot be: a refusal names the settlement or the stay that stands in the way', async () => {
    const stay = await world.discharged('Q1', '400.00');
    const settled = orThrow(await world.settle(world.command(stay, '400.00')));
    expect(said(await world.settle(world.command(stay, '400.00')))).toContain(settled.settlementId);
    expect((await legs(stay.visitId)).settlements.map(({ settlementId }) => settlementId)).toEqual([
      settled.settlementId,
    ]);
  });

  it('[P2.4 H27] an approved filing, and still not settled: to another city', async () => {
    await file('P1', { destination: '440300' });
    expect(said(await world.open('P1', 'inpatient'))).toMatch(/已有：异地长期居住人员备案至深圳，长期有效/);
  });

  it('[N10 N12] an approved filing, and still not settled: it is over, and the answer says since when', async () => {
    await file('P2', { category: 'other-temporary', destination: '310000', validTo: '2026-02-28' });
    expect(said(await world.open('P2', 'inpatient'))).toContain('备案至上海，止期 2026-02-28');
  });

  it('[N13] a filing that was typed in and not decided is shown as that', async () => {
    await file('P3', { destination: '310000', status: 'applied', decidedOn: null, validFrom: null });
    expect(said(await world.open('P3', 'inpatient'))).toContain('已申请');
  });

  it('[P2.4 N16 H17] filed late, before the discharge: the same stay settles', async () => {
    const emergency = orThrow(await world.open('P4', 'inpatient', { emergency: true }));
    expect(emergency.status).toBe('admitted');
    expect(said(await world.open('P5', 'inpatient'))).toContain('没有任何备案');
    await file('P5', { destination: '310000', decidedOn: '2026-03-16', validFrom: '2026-03-16' });
    expect(codeOf(await world.open('P5', 'inpatient'))).toBe('fine');
  });

  it('[N34] in hospital elsewhere: where and since when, and free again after the discharge there', async () => {
    await world.person({ personNo: 'Q2' });
    const stay = orThrow(await world.open('Q2', 'inpatient', { admittedOn: '2026-03-10' }));
    const other = { institution: { ...shanghai, institutionCode: 'H31000000302' } };
    expect(said(await world.open('Q2', 'inpatient', other))).toBe('该人员自 2026-03-10 起在上海住院，尚未办理出院。');
    await world.service.transaction((tx) =>
      world.service.get(ChangeVisit).discharge(tx, stay, '2026-03-16', undefined),
    );
    expect(codeOf(await world.open('Q2', 'inpatient', other))).toBe('fine');
  });

  it('[N15] a filing that is fine, in a hospital that has opened inpatients only: the service is named', async () => {
    const institution = { ...shanghai, services: ['inpatient'] };
    expect(said(await world.open('Q1', 'outpatient', { institution }))).toContain('门诊');
  });

  it('[N16 H26] an insurance that is suspended is no insurance that day', async () => {
    const insurances = insuredPersonChanged.example.insurances.map((one) => ({ ...one, status: 'suspended' as const }));
    const person = { ...insuredPersonChanged.example, personNo: 'P6', homeArea: '430100', insurances };
    await world.service.transaction((tx) => keepPerson(tx, person, 5));
    expect(codeOf(await world.open('P6', 'outpatient'))).toBe('NOT_INSURED_IN_SCHEME');
  });

  it('[H20 P2.6] a bill that the patient cannot explain: every amount has its rule', async () => {
    const settled = await world.settled('Q1', '500.00');
    expect(settled.explanation.length).toBeGreaterThan(2);
    for (const { rule, name } of settled.explanation) expect([rule, name].join('')).not.toBe('');
  });
});
