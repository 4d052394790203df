import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { differingFigures, effectOf, stopEventNames, stopStateNames } from './planned-stop.js';
import type { FigureDifference, PlannedStop, StopEvent } from './planned-stop.js';
import { announceStop, businessFigures, findStop, keepFigures, lockStop } from './planned-stop.repository.js';
import { moveStop, openStop, underWay } from './planned-stop.repository.js';
import type { UnderWay } from './planned-stop.repository.js';
import { stopTransitions } from './planned-stop.transitions.js';

export interface StopReport {
  readonly stop: PlannedStop;
  readonly underWay: UnderWay;
  /** Null before there is something to compare. */
  readonly differences: readonly FigureDifference[] | null;
}

/** 停机切换 (P5.2 H83): announced beforehand, drained, stopped, verified; each step is an operator's. */
@Injectable()
export class WorkOnStop {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The same announcement again is the same; there is one open stop at a time. */
  announce(given: { reason: string; beginsAt: Date; endsAt: Date }, by: string): Promise<Outcome<PlannedStop>> {
    const announcedAt = this.clock.now();
    return this.database.transaction(async (tx) => {
      const known = await openStop(tx);
      const isSame =
        known?.reason === given.reason &&
        known.beginsAt.getTime() === given.beginsAt.getTime() &&
        known.endsAt.getTime() === given.endsAt.getTime();
      if (known !== undefined) return isSame ? known : refuse('STOP_OPEN', { no: known.stopNo });
      if (given.beginsAt <= announcedAt || given.endsAt <= given.beginsAt) return refuse('STOP_TIMES_WRONG');
      const stop = await announceStop(tx, { ...given, announcedAt, announcedBy: by });
      return stop ?? refuse('STOP_OPEN', { no: 0 });
    });
  }

  drain(stopNo: number, by: string): Promise<Outcome<PlannedStop>> {
    return this.move(stopNo, 'drain', by);
  }

  cancel(stopNo: number, by: string): Promise<Outcome<PlannedStop>> {
    return this.move(stopNo, 'cancel', by);
  }

  /**
   * 停机: first the sign that turns every message away, then the look whether one had slipped in before it; so what is
   * counted afterwards is complete. While something still runs, the stop waits and the rest goes on.
   */
  async stop(stopNo: number, by: string): Promise<Outcome<PlannedStop>> {
    const stopped = await this.move(stopNo, 'stop', by);
    if (isRefusal(stopped) || stopped.figuresBefore !== null) return stopped;
    const { runningMessages } = await this.database.transaction((tx) => underWay(tx));
    if (runningMessages > 0) {
      const waiting = await this.move(stopNo, 'wait', by);
      return isRefusal(waiting) ? waiting : refuse('STOP_STILL_RUNNING', { count: runningMessages });
    }
    return this.database.transaction(async (tx) => {
      await keepFigures(tx, stopNo, { before: await businessFigures(tx) });
      return (await findStop(tx, stopNo)) ?? refuse('NOT_FOUND', { what: '该停机' });
    });
  }

  /** 核验恢复: opens when everything is as it was; otherwise says what is not, and stays closed. */
  async verify(stopNo: number, by: string): Promise<Outcome<PlannedStop>> {
    await this.database.transaction(async (tx) => keepFigures(tx, stopNo, { after: await businessFigures(tx) }));
    return this.move(stopNo, 'verify', by, ({ figuresBefore, figuresAfter }) => {
      const [first] = differingFigures(figuresBefore ?? {}, figuresAfter ?? {});
      return first === undefined ? undefined : refuse('STOP_FIGURES_DIFFER', { ...first });
    });
  }

  reopen(stopNo: number, because: string, by: string): Promise<Outcome<PlannedStop>> {
    return this.move(stopNo, 'reopen', by, () => undefined, because);
  }

  report(stopNo: number): Promise<Outcome<StopReport>> {
    return this.database.transaction(async (tx) => {
      const stop = await findStop(tx, stopNo);
      if (stop === undefined) return refuse('NOT_FOUND', { what: '该停机' });
      const { figuresBefore, figuresAfter } = stop;
      const both = figuresBefore !== null && figuresAfter !== null;
      const differences = both ? differingFigures(figuresBefore, figuresAfter) : null;
      return { stop, underWay: await underWay(tx), differences };
    });
  }

  private move(
    stopNo: number,
    event: StopEvent,
    by: string,
    against: (stop: PlannedStop) => Refusal | undefined = () => undefined,
    because?: string,
  ): Promise<Outcome<PlannedStop>> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const stop = await lockStop(tx, stopNo);
      if (stop === undefined) return refuse('NOT_FOUND', { what: '该停机' });
      // One that began to drain by itself is drained without a call.
      const from = event === 'stop' ? effectOf(stop, at) : stop.state;
      const state = stopTransitions.next(from, event);
      if (state === undefined)
        return refuse('WRONG_STATE', { what: '停机', state: stopStateNames[from], action: stopEventNames[event] });
      const refusal = against(stop);
      return refusal ?? moveStop(tx, stopNo, { state, by, at, ...(because === undefined ? {} : { because }) });
    });
  }
}
