import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconciliationMismatched, warningRaised } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import { eventOf } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { startCollaboration } from '../testing/collaboration-service.js';

type Difference = PayloadOf<typeof reconciliationMismatched>;
const difference = (given: Partial<Difference>, version = 1) => {
  const payload = { ...reconciliationMismatched.example, ...given };
  return eventOf(reconciliationMismatched, payload, payload.differenceId, version);
};

describe('matters that open by themselves', () => {
  let service: TestService;
  const matters = () =>
    service.query<object>(
      'select reference, cause, asker, responsible, state, due_on as due from matter order by reference',
    );

  beforeAll(async () => {
    service = await startCollaboration('2026-04-30', { bus: true });
  });
  afterAll(() => service.stop());

  it('[N23 N59] a warning is a matter of the receiving province, asked by the nation, however often it arrives', async () => {
    const event = eventOf(warningRaised, warningRaised.example, '310000');
    const again = eventOf(warningRaised, warningRaised.example, '310000', 2);
    await service.deliver(warningRaised, event, event, again);
    await service.heard(warningRaised, 2);
    expect(await matters()).toEqual([
      {
        ...{ reference: 'W202603310000', cause: 'warning', asker: '000000', responsible: '310000' },
        ...{ state: 'open', due: '2026-05-18' },
      },
    ]);
    expect(await service.query('select subject, details from matter')).toEqual([
      { subject: '预付金红色预警：上海 2026-03 使用率 92.65%', details: '清算 12044.25 元，预付金 13000.00 元' },
    ]);
  });

  it('[N38] a difference is a matter of the treatment area, asked by the home province, and closes when it is gone', async () => {
    await service.deliver(
      reconciliationMismatched,
      difference({ differenceId: 'X1' }),
      difference({ differenceId: 'X1', state: 'resolved', resolvedOn: '2026-03-18' }, 2),
      difference({ differenceId: 'X2', kind: 'amount-differs' }),
    );
    await service.heard(reconciliationMismatched, 3);
    expect((await matters()).slice(1)).toEqual([
      {
        ...{ reference: 'X1', cause: 'reconciliation', asker: '430000', responsible: '420100' },
        ...{ state: 'closed', due: '2026-03-30' },
      },
      expect.objectContaining({ reference: 'X2', state: 'open' }),
    ]);
    expect(await service.obligations()).toContainEqual(
      expect.objectContaining({ kind: 'answer-matter', owner: '420100', state: 'withdrawn' }),
    );
  });

  it('[N59] where the home province would ask itself, the nation asks', async () => {
    const parties = { homeArea: '310000', treatmentArea: '310000' };
    await service.deliver(reconciliationMismatched, difference({ differenceId: 'X3', ...parties }));
    await service.heard(reconciliationMismatched, 4);
    expect((await matters()).at(-1)).toMatchObject({ reference: 'X3', asker: '000000', responsible: '310000' });
  });

  it('[N38] the end of a difference that was never heard of opens nothing', async () => {
    const gone = difference({ differenceId: 'X9', state: 'resolved', resolvedOn: '2026-03-18' });
    await service.deliver(reconciliationMismatched, gone);
    await service.heard(reconciliationMismatched, 5);
    expect(await matters()).toHaveLength(4);
  });
});
