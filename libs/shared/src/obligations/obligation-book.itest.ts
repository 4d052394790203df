import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BusTables, Outbox } from '../bus/index.js';
import type { Envelope } from '../bus/index.js';
import type { obligationChanged, PayloadOf } from '../contracts/index.js';
import { rows } from '../database/index.js';
import type { Transaction } from '../database/index.js';
import { testDatabase } from '../testing/index.js';
import type { TestDatabase } from '../testing/index.js';
import { ObligationBook, ObligationTables } from './index.js';

type Told = Envelope<PayloadOf<typeof obligationChanged>>;
const key = { kind: 'transfer', owner: '430000', subject: '2026-03' };
const wanted = {
  ...key,
  ownerArea: '430000',
  beneficiary: '110000',
  article: 'N48',
  openedOn: '2026-04-30',
  dueOn: '2026-05-25',
  hard: true,
};

describe('the book of obligations', () => {
  const book = new ObligationBook('funds', new Outbox('funds', { now: () => new Date('2026-05-01T02:00:00Z') }));
  let made: TestDatabase;
  const inTx = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => made.database.transaction(work);
  const told = async (): Promise<string[]> => {
    const found = await inTx((tx) => rows<{ body: Buffer }>(tx, 'select body from outbox order by position'));
    return found
      .map(({ body }) => JSON.parse(body.toString('utf8')) as Told)
      .map(
        ({ aggregateVersion, payload: { owner, state, metOn } }) =>
          `${owner} v${aggregateVersion} ${state} ${metOn ?? '-'}`,
      );
  };

  beforeAll(async () => {
    made = await testDatabase('funds', [BusTables, ObligationTables]);
  });
  afterAll(() => made.drop());

  it('[N48] opening twice is opening once, also with another due day', async () => {
    await inTx((tx) => book.open(tx, wanted));
    await inTx((tx) => book.open(tx, { ...wanted, dueOn: '2099-01-01' }));
    expect(await told()).toEqual(['430000 v1 open -']);
    expect(await inTx((tx) => rows(tx, 'select due_on from obligation'))).toEqual([{ due_on: '2026-05-25' }]);
  });

  it('[N57] on its due day it is not overdue, on the day after it is, once', async () => {
    await inTx((tx) => book.markOverdue(tx, '2026-05-25'));
    expect(await told()).toHaveLength(1);
    await inTx((tx) => book.markOverdue(tx, '2026-05-26'));
    await inTx((tx) => book.markOverdue(tx, '2026-05-27'));
    expect((await told()).slice(1)).toEqual(['430000 v2 overdue -']);
  });

  it('[N48] what is done late is done, with its day; doing it again changes nothing', async () => {
    await inTx((tx) => book.meet(tx, key, '2026-05-28'));
    await inTx((tx) => book.meet(tx, key, '2026-05-29'));
    await inTx((tx) => book.markOverdue(tx, '2026-06-30'));
    await inTx((tx) => book.withdraw(tx, key));
    expect((await told()).slice(2)).toEqual(['430000 v3 met 2026-05-28']);
  });

  it('[N57] what nobody opened can neither be met nor withdrawn', async () => {
    await inTx((tx) => book.meet(tx, { ...key, subject: '2026-04' }, '2026-05-28'));
    await inTx((tx) => book.withdraw(tx, { ...key, owner: '110000' }));
    expect(await told()).toHaveLength(3);
  });

  it('[N57] an obligation whose reason is gone is withdrawn, and does not become overdue', async () => {
    await inTx((tx) => book.open(tx, { ...wanted, owner: '440000', ownerArea: '440000' }));
    await inTx((tx) => book.withdraw(tx, { ...key, owner: '440000' }));
    await inTx((tx) => book.markOverdue(tx, '2026-06-30'));
    expect((await told()).slice(3)).toEqual(['440000 v1 open -', '440000 v2 withdrawn -']);
  });

  it('[N57] a change that is rolled back is not told', async () => {
    const failed = inTx(async (tx) => {
      await book.open(tx, { ...wanted, owner: '310000', ownerArea: '310000' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await told()).toHaveLength(5);
  });

  it('[N57] an agency sees what it owes, its province too, nobody else', async () => {
    const seenBy = (prefix: string) =>
      made.database.asScope({ prefix }, async (tx) => (await rows(tx, 'select 1 from obligation')).length);
    expect(await Promise.all(['43', '44', '31', '4301', '*'].map(seenBy))).toEqual([1, 1, 0, 0, 2]);
  });
});
