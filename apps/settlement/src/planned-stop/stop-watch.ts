import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import type { TransactionKind } from '#shared/national-interface';
import { effectOf, noticeOf, stopTimes } from './planned-stop.js';
import { openStop } from './planned-stop.repository.js';

/** 登记类交易: what begins something new. */
const beginnings: ReadonlySet<string> = new Set(['2201', '2401']);

export interface StopSign {
  readonly notice: string | undefined;
  /** What stands against a transaction of a hospital now. */
  refusal(infno: string, kind: TransactionKind): Refusal | undefined;
  /** Whether nothing at all may change now. */
  readonly stopped: Refusal | undefined;
}

const goAhead: StopSign = { notice: undefined, refusal: () => undefined, stopped: undefined };

/** 停机值守: asked before every transaction, so that a stop is effective at once in every process. */
@Injectable()
export class StopWatch {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async look(): Promise<StopSign> {
    const stop = await openStop(this.database.source.manager);
    if (stop === undefined) return goAhead;
    const effect = effectOf(stop, this.clock.now());
    const stopped = effect === 'stopped' ? refuse('STOPPED_NOW', stopTimes(stop)) : undefined;
    return {
      notice: noticeOf(stop),
      stopped,
      refusal: (infno, kind) => {
        if (kind === 'query' || kind === 'stream') return undefined;
        if (stopped !== undefined) return stopped;
        return effect === 'draining' && beginnings.has(infno) ? refuse('STOP_DRAINING', stopTimes(stop)) : undefined;
      },
    };
  }
}
