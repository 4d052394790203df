import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chargesAudited, settlementCompleted, transferConfirmed } from '#shared/contracts';
import { eventOf, eventually } from '#shared/testing';
import type { TestService } from '#shared/testing';
import { UploadCosts } from '../period/upload-costs.js';
import { audited, settled } from '../testing/clearing-facts.js';
import { beijing, startClearing } from '../testing/clearing-service.js';
import { itemsOf } from './clearing-item.repository.js';

describe('what clearing hears over Kafka', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startClearing('2026-04-10', { bus: true });
  });
  afterAll(() => service.stop());

  it('[N45 N42] settlements, their refund and the audit become items, in whatever order they come, each once', async () => {
    const charge = eventOf(settlementCompleted, settled({ id: 'S1', fund: '180.67', account: '243.62' }), 'V1');
    const refund = eventOf(settlementCompleted, settled({ id: 'S1R', fund: '-80.67', refundOf: 'S1' }), 'V1', 2);
    const audit = eventOf(chargesAudited, audited({ S1: '24.29', S1R: null }), 'D1');
    await service.deliver(chargesAudited, audit, audit);
    await service.deliver(settlementCompleted, charge, refund, charge, charge, refund);
    await service.heard(settlementCompleted, 2);
    await service.heard(chargesAudited, 1);

    expect(await service.get(UploadCosts).execute('2026-03', beijing)).toMatchObject({ items: 2, late: 0 });
    expect(await service.transaction((tx) => itemsOf(tx, '2026-03'))).toEqual([
      expect.objectContaining({
        ...{ settlementId: 'S1', payer: '430000', payee: '110000', scheme: '310' },
        ...{ fundFen: 18_067n, accountFen: 24_362n, deductedFen: 2_429n },
      }),
      expect.objectContaining({ settlementId: 'S1R', fundFen: -8_067n, accountFen: 0n, deductedFen: 0n }),
    ]);
  });

  it('[N45] the same settlement in another message is never an item twice: it becomes a dead letter', async () => {
    await service.deliver(
      settlementCompleted,
      eventOf(settlementCompleted, settled({ id: 'S1', fund: '999.00' }), 'V1'),
    );
    const letters = () =>
      service.query<{ reason: string; body: string }>(
        `select reason, convert_from(body, 'UTF8') as body from dead_letter`,
      );
    const dead = await eventually(letters, (found) => found.some(({ body }) => body.includes('999.00')), 40);
    // It was the last of its partition: had any repetition before it not been recognised, there would be more letters.
    expect(dead.map(({ reason }) => reason)).toEqual([expect.stringContaining('duplicate key')]);
    expect(await service.query(`select fund_fen from clearing_item where settlement_id = 'S1'`)).toEqual([
      { fund_fen: 18_067n },
    ]);
  });

  it('[N48] a confirmed transfer is kept once', async () => {
    const transfer = eventOf(transferConfirmed, transferConfirmed.example, 'T1');
    await service.deliver(transferConfirmed, transfer, transfer);
    await service.heard(transferConfirmed, 1);
    expect(await service.query('select amount_fen, period from confirmed_transfer')).toEqual([
      { amount_fen: 15_000n, period: '2026-03' },
    ]);
  });
});
