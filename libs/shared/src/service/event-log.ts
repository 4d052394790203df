import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Envelope } from '../bus/index.js';
import type { JsonLog } from './json-log.js';

/** One line per message that was handled, with the trace of the call that caused it somewhere else. */
export class EventLog implements NestInterceptor {
  constructor(private readonly log: JsonLog) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { type, id } = context.switchToRpc().getData<Envelope>();
    return next.handle().pipe(
      tap({
        complete: () => {
          this.log.entry('event', { type, id });
        },
      }),
    );
  }
}
