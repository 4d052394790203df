import type { Day } from '#shared/clock';
import { testCaller, TestService } from '#shared/testing';
import { ClearingModule } from '../clearing.module.js';
import { keepAudit, keepSettlement } from '../item/clearing-item.repository.js';
import { migrations } from '../migrations/index.js';
import { audited, settled } from './clearing-facts.js';
import type { SettledFacts } from './clearing-facts.js';

export const startClearing = (day: Day, options: { bus?: boolean } = {}): Promise<TestService> =>
  TestService.start({ service: 'clearing', feature: ClearingModule, migrations, day, ...options });

/** Settlements that are audited to their end; `deducted` per settlement. */
export const seedAudited = (
  service: TestService,
  facts: readonly (SettledFacts & { deducted?: string })[],
): Promise<void> =>
  service.transaction(async (tx) => {
    for (const { deducted = null, ...fact } of facts) {
      await keepSettlement(tx, settled(fact));
      await keepAudit(tx, audited({ [fact.id]: deducted }));
    }
  });

export const hunan = testCaller('430000');
export const beijing = testCaller('110000');
export const nationDesk = testCaller('000000');
