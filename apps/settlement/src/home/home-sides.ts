import { Injectable } from '@nestjs/common';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { Fen } from '#shared/money';
import { HomeSide } from './home-side.js';
import type { RefundRequest, Share, ShareRequest } from './home-side.js';
import { LocalHomeSide } from './local-home-side.js';
import { Counterparts } from './remote/counterparts.js';
import { RemoteHomeSide } from './remote/remote-home-side.js';

/** 参保地侧 of whatever area: here, or in the deployment that serves it. */
@Injectable()
export class HomeSides extends HomeSide {
  constructor(
    private readonly counterparts: Counterparts,
    private readonly local: LocalHomeSide,
    private readonly remote: RemoteHomeSide,
  ) {
    super();
  }

  override trial(request: ShareRequest): Promise<Outcome<Share>> {
    return this.of(request).trial(request);
  }

  /** The order of a batch counts among the bills of one person, and those are all on one side. */
  override async settle(tx: Transaction, requests: readonly ShareRequest[]): Promise<Outcome<Share>[]> {
    const shares = new Map<ShareRequest, Outcome<Share>>();
    for (const side of [this.local, this.remote]) {
      const ofSide = requests.filter((request) => this.of(request) === side);
      const answered = ofSide.length === 0 ? [] : await side.settle(tx, ofSide);
      for (const [index, request] of ofSide.entries()) shares.set(request, answered[index] ?? refuse('INTERNAL'));
    }
    return requests.map((request) => shares.get(request) ?? refuse('INTERNAL'));
  }

  override refund(tx: Transaction, request: RefundRequest): Promise<Fen> {
    return this.of(request).refund(tx, request);
  }

  private of({ homeArea }: { readonly homeArea: string }): HomeSide {
    return this.counterparts.serving(homeArea) === undefined ? this.local : this.remote;
  }
}
