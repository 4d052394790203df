import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { reconciliationMismatched } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { formatYuan } from '#shared/money';
import { compareParties } from './rules/compare-parties.js';
import type { Found, PartyLine, StoredDifference } from './reconciliation.js';
import {
  homeLines,
  openDifference,
  openDifferences,
  placeOf,
  resolveDifference,
  treatmentLines,
} from './reconciliation.repository.js';
import type { Group } from './reconciliation.repository.js';

/** 明细对账 (N37 N38): three parties line by line; what differs is told to the board, and told again when it is gone. */
@Injectable()
export class ReconcileDetails {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** Answers what differs now. */
  async execute(tx: Transaction, group: Group, stated: readonly PartyLine[]): Promise<Found[]> {
    const today = this.clock.today();
    const found = compareParties(stated, await treatmentLines(tx, group), await homeLines(tx, group));
    for (const gone of (await openDifferences(tx, group)).filter((open) => !found.some((one) => isOf(one, open)))) {
      await resolveDifference(tx, gone.differenceId, today);
      await this.tell(tx, { ...gone, state: 'resolved', resolvedOn: today });
    }
    for (const difference of found) {
      const opened = await this.open(tx, group, difference, today);
      if (opened !== undefined) await this.tell(tx, opened);
    }
    return found;
  }

  private async open(
    tx: Transaction,
    group: Group,
    { settlementId, kind }: Found,
    foundOn: Day,
  ): Promise<StoredDifference | undefined> {
    const place = await placeOf(tx, settlementId);
    const area = group.institutionCode.slice(1, 7);
    return openDifference(tx, {
      day: place?.day ?? group.to,
      kind,
      settlementId,
      institutionCode: group.institutionCode,
      homeArea: place?.homeArea ?? area,
      treatmentArea: place?.treatmentArea ?? area,
      fundFen: place?.fundFen ?? 0n,
      accountFen: place?.accountFen ?? 0n,
      foundOn,
      setting: group.setting,
    });
  }

  private tell(tx: Transaction, one: StoredDifference): Promise<void> {
    const differenceId = `X${one.differenceId}`;
    return this.outbox.publish(tx, reconciliationMismatched, {
      aggregateId: differenceId,
      aggregateVersion: one.state === 'open' ? 1 : 2,
      payload: {
        differenceId,
        day: one.day,
        kind: one.kind,
        settlementId: one.settlementId,
        institutionCode: one.institutionCode,
        treatmentArea: one.treatmentArea,
        homeArea: one.homeArea,
        fundAmount: formatYuan(one.fundFen),
        state: one.state,
        foundOn: one.foundOn,
        resolvedOn: one.resolvedOn,
      },
    });
  }
}

const isOf = (found: Found, open: StoredDifference): boolean =>
  found.settlementId === open.settlementId && found.kind === open.kind;
