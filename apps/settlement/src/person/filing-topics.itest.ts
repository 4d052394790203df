import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import { eventOf, testCaller } from '#shared/testing';
import { CreditAccount } from '../account/credit-account.js';
import { codeOf, SettlementWorld } from '../testing/settlement-world.js';
import { ChangeVisit } from '../visit/change-visit.js';
import { IdentifyPerson } from './identify-person.js';

const number = '11010519491231002X';

describe('what settlement hears of filing over Kafka', () => {
  let world: SettlementWorld;
  const person = (version: number, given: object = {}) =>
    eventOf(
      insuredPersonChanged,
      {
        ...insuredPersonChanged.example,
        personNo: 'P1',
        identityHash: world.service.get(IdentityNumbers).hash(number),
        ...given,
      },
      'P1',
      version,
    );
  const filing = (version: number, given: object = {}) =>
    eventOf(
      filingChanged,
      { ...filingChanged.example, filingNo: 'BA1', personNo: 'P1', destination: '310000', ...given },
      'BA1',
      version,
    );
  const identify = (name?: string) => world.service.get(IdentifyPerson).execute(number, name);

  beforeAll(async () => {
    world = await SettlementWorld.start('2026-03-16', { bus: true });
  });
  afterAll(() => world.stop());

  it('[N16] a stranger is unknown while filing does not answer, and that is no error', async () => {
    expect(codeOf(await identify())).toBe('PERSON_UNKNOWN');
  });

  it('[N13 N16] a person is known as the topic tells; the newest version stands, in whatever order they come', async () => {
    await world.service.deliver(
      insuredPersonChanged,
      person(2, { name: '测试乙' }),
      person(1),
      person(2, { name: '测试丙' }),
    );
    await world.service.heard(insuredPersonChanged, 3);
    expect(orThrow(await identify())).toMatchObject({ personNo: 'P1', name: '测试乙', homeArea: '430100' });
    expect(codeOf(await identify('测试乙'))).toBe('fine');
    expect(codeOf(await identify('测试甲'))).toBe('NAME_DIFFERS');
  });

  it('[N13 H16] a filing, its end and an older message after it: the treatment side knows at once', async () => {
    expect(codeOf(await world.open('P1', 'inpatient'))).toBe('NOT_FILED');
    const effective = filing(1);
    await world.service.deliver(filingChanged, effective, effective);
    await world.service.heard(filingChanged, 1);
    const stay = orThrow(await world.open('P1', 'inpatient'));
    await world.service.transaction((tx) => world.service.get(ChangeVisit).cancel(tx, stay));
    await world.service.deliver(filingChanged, filing(3, { status: 'cancelled', validTo: '2026-03-15' }), filing(2));
    await world.service.heard(filingChanged, 3);
    expect(codeOf(await world.open('P1', 'inpatient'))).toBe('NOT_FILED');
  });

  it('[N13] qualifications are kept, the newest version of each', async () => {
    const qualification = (version: number, status: 'effective' | 'ended') =>
      eventOf(qualificationChanged, { ...qualificationChanged.example, status }, 'Q1', version);
    await world.service.deliver(qualificationChanged, qualification(2, 'ended'), qualification(1, 'effective'));
    await world.service.heard(qualificationChanged, 2);
    expect(await world.service.query('select status, version from qualification_copy')).toEqual([
      { status: 'ended', version: 2 },
    ]);
  });

  it('[H26] an account is credited by the home side, once per reference, never by nothing', async () => {
    const credit = (amountFen: bigint, reference: string, agency = '430100') =>
      world.service.get(CreditAccount).execute('P1', amountFen, reference, testCaller(agency));
    expect(codeOf(await credit(0n, 'a'))).toBe('BAD_REQUEST');
    expect(codeOf(await credit(100n, 'a', '430200'))).toBe('NOT_FOUND');
    const twice = await Promise.all([credit(10_000n, 'a'), credit(10_000n, 'a')]);
    expect(twice).toEqual([{ balance: '100.00' }, { balance: '100.00' }]);
    expect(codeOf(await credit(10_001n, 'a'))).toBe('ALREADY_DONE_DIFFERENTLY');
    expect(await credit(1n, 'b', '430000')).toEqual({ balance: '100.01' });
  });
});
