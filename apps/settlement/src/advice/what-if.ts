import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import type { YearBook } from '../benefit/benefit.js';
import { findHomeSettlement, homeSettlementsOf } from '../home/home-book.repository.js';
import type { HomeSettlement } from '../home/home-book.repository.js';
import { supplementsOf } from '../home/supplements.js';
import { PolicyPacks } from '../policy/policy-packs.js';
import type { Policy, PolicyPack } from '../policy/policy-pack.js';
import { replayYear } from './replay-year.js';
import type { PastBill, ReplayedBill } from './replay-year.js';

export interface WhatIfCommand {
  readonly personNo: string;
  readonly scheme: string;
  readonly benefitYear: number;
  /** 政策包 under which the year is replayed; drafts may be tried. */
  readonly packId: string;
}

export interface WhatIfBill {
  readonly granted: HomeSettlement;
  readonly replayed: ReplayedBill;
}

/** 政策试算 (N64): the same year of one person under another pack version. Shows, never books. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly database: Database,
    private readonly packs: PolicyPacks,
  ) {}

  async execute(command: WhatIfCommand, caller: Caller): Promise<Outcome<WhatIfBill[]>> {
    const basic = this.packs.get(command.packId);
    if (basic === undefined) return refuse('NOT_FOUND', { what: '该政策包' });
    const granted = await this.database.asScope(caller.scope, (tx) => homeSettlementsOf(tx, command));
    const ofYear = granted.filter(({ benefitYear }) => benefitYear === command.benefitYear);
    return replay({ basic, supplements: this.supplementsFor(command, ofYear) }, ofYear);
  }

  /** The pack that is tried replaces the basic one; the supplements stay those that the person had. */
  private supplementsFor({ scheme }: WhatIfCommand, ofYear: readonly HomeSettlement[]): readonly PolicyPack[] {
    const last = ofYear.findLast(({ facts }) => facts !== null);
    if (last?.facts === null || last === undefined) return [];
    const supplements = supplementsOf(last.facts.identities);
    return this.packs.find({ ...last.facts, homeArea: last.homeArea, scheme, supplements })?.supplements ?? [];
  }

  /**
   * 退费后重算 (N42 H52): what the later settlements of the year would have been without the refunded one, under the pack of
   * the original. They stay as they were; this is for people to see.
   */
  async withoutRefunded(refundId: string, caller: Caller): Promise<Outcome<WhatIfBill[]>> {
    const found = await this.database.asScope(caller.scope, async (tx) => {
      const refund = await findHomeSettlement(tx, refundId);
      if (refund?.refundOf === null || refund === undefined || !isWithin(caller.scope, refund.homeArea))
        return undefined;
      return { refund, granted: await homeSettlementsOf(tx, refund) };
    });
    if (found === undefined) return refuse('NOT_FOUND', { what: '该退费' });
    const { refund, granted } = found;
    const original = granted.findIndex(({ settlementId }) => settlementId === refund.refundOf);
    const first = granted[original]?.facts;
    const policy =
      first === undefined || first === null
        ? undefined
        : this.packs.find({
            ...refund,
            ...first,
            homeArea: refund.homeArea,
            supplements: supplementsOf(first.identities),
          });
    if (policy === undefined) return refuse('POLICY_MISSING', { clause: `${refund.homeArea} ${refund.scheme}` });
    const ofYear = granted.filter(({ benefitYear }) => benefitYear === refund.benefitYear);
    const later = granted.slice(original + 1);
    return replay(policy, ofYear).filter(({ granted: one }) => later.includes(one));
  }
}

/** The charges of a year that were not taken back, replayed from an empty year. */
function replay(policy: Policy, ofYear: readonly HomeSettlement[]): WhatIfBill[] {
  const takenBack = new Set(ofYear.map(({ refundOf }) => refundOf));
  const kept = ofYear.filter(
    ({ settlementId, refundOf, facts }) => refundOf === null && facts !== null && !takenBack.has(settlementId),
  );
  const bills = kept.flatMap(({ settlementId, facts }): PastBill[] =>
    facts === null ? [] : [{ settlementId, facts }],
  );
  const before: YearBook = {};
  return replayYear(policy, bills, before).flatMap((replayed) => {
    const granted = kept.find(({ settlementId }) => settlementId === replayed.settlementId);
    return granted === undefined ? [] : [{ granted, replayed }];
  });
}
