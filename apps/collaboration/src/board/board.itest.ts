import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { obligationChanged } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import { eventOf } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { startCollaboration } from '../testing/collaboration-service.js';
import { listObligations } from './board.repository.js';

type Obligation = PayloadOf<typeof obligationChanged>;
type Wanted = Parameters<typeof listObligations>[1];
const all: Wanted = { owner: null, kind: null, state: null, service: null };
const changed = (version: number, given: Partial<Obligation> = {}) => {
  const payload = { ...obligationChanged.example, ...given };
  return eventOf(obligationChanged, payload, payload.obligationId, version);
};

describe('the board of all obligations', () => {
  let service: TestService;
  const seen = (prefix: string, wanted: Partial<Wanted> = {}): Promise<Obligation[]> =>
    service.database.asScope({ prefix }, (tx) => listObligations(tx, { ...all, ...wanted }));

  beforeAll(async () => {
    service = await startCollaboration('2026-04-08', { bus: true });
  });
  afterAll(() => service.stop());

  it('[N57] the newest version stands, also when an older one arrives after it or anything arrives twice', async () => {
    const met = changed(2, { state: 'met', metOn: '2026-04-07' });
    await service.deliver(obligationChanged, met, changed(1), met);
    await service.heard(obligationChanged, 2);
    expect(await seen('*')).toEqual([{ ...obligationChanged.example, state: 'met', metOn: '2026-04-07' }]);
  });

  it('[N57] an agency sees what it or its institutions owe, the province what its areas owe, others nothing', async () => {
    const owed = { kind: 'transfer', owner: '430000', ownerArea: '430000', service: 'funds' as const };
    await service.deliver(
      obligationChanged,
      changed(1, { ...owed, obligationId: 'funds-1', dueOn: '2026-05-25' }),
      changed(1, { ...owed, obligationId: 'funds-2', owner: '430100', ownerArea: '430100', dueOn: '2026-05-22' }),
    );
    await service.heard(obligationChanged, 4);
    const ids = async (prefix: string) => (await seen(prefix)).map(({ obligationId }) => obligationId);
    expect(await ids('*')).toEqual(['O000001', 'funds-2', 'funds-1']);
    expect(await ids('43')).toEqual(['funds-2', 'funds-1']);
    expect(await ids('4301')).toEqual(['funds-2']);
    expect(await ids('11')).toEqual(['O000001']);
    expect(await ids('4302')).toEqual([]);
  });

  it('[N57] the board is searched by owner, kind, state and service', async () => {
    expect(await seen('*', { owner: '430100' })).toHaveLength(1);
    expect(await seen('*', { kind: 'transfer' })).toHaveLength(2);
    expect(await seen('*', { state: 'met' })).toHaveLength(1);
    expect(await seen('*', { service: 'funds', state: 'met' })).toEqual([]);
  });
});
