import { dayOf } from './day.js';
import type { Day } from './day.js';

/** The only place that may be asked for the time. Its zone is Asia/Shanghai. */
export abstract class Clock {
  abstract now(): Date;

  today(): Day {
    return dayOf(this.now());
  }
}

/** The wall clock: production. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that an operator may set; from there it ticks on with real time. For demonstrations and tests only. */
export class OperatorClock extends Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  set(instant: Date): void {
    this.offsetMs = instant.getTime() - Date.now();
  }
}
