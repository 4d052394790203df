import { createParamDecorator, Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, CustomDecorator, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { orThrow, refuse } from '../errors/index.js';
import { AgencyTokens } from './agency-tokens.js';
import type { Caller } from './caller.js';
import { roles as roleNames } from './roles.js';
import type { Role } from './roles.js';

const publicKey = 'yidi:public';
const rolesKey = 'yidi:roles';

/** Open to everybody: no token is asked for. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/** Any one of these roles is enough. */
export const Roles = (...wanted: Role[]): CustomDecorator => SetMetadata(rolesKey, wanted);

interface SignedRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  caller?: Caller;
}

export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<SignedRequest>();
  return caller ?? orThrow(refuse('NOT_SIGNED_IN'));
});

/** Stands before every REST route: a route that says neither `@Public()` nor `@Roles()` is closed. */
@Injectable()
export class AgencyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AgencyTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets) === true) return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const caller = orThrow(await this.tokens.read(request.headers['authorization']));
    const wanted = this.reflector.getAllAndOverride<Role[] | undefined>(rolesKey, targets) ?? [];
    if (!wanted.some((role) => caller.roles.includes(role))) {
      orThrow(refuse('ROLE_MISSING', { role: wanted.map((role) => roleNames[role]).join('、') }));
    }
    request.caller = caller;
    return true;
  }
}
