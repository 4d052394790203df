import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { orThrow } from '#shared/errors';
import { StopWatch } from './stop-watch.js';

const always = /^\/(planned-stops|operations)(\/|\?|$)/;

/** 停机: agencies may look, but change nothing; operators work on the stop itself. Messages from other services wait in no way. */
@Injectable()
export class StopGuard implements CanActivate {
  constructor(private readonly watch: StopWatch) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { method, url } = context.switchToHttp().getRequest<{ method: string; url: string }>();
    if (method === 'GET' || always.test(url)) return true;
    orThrow((await this.watch.look()).stopped);
    return true;
  }
}
