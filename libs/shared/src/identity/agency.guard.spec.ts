import { beforeAll, describe, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { RefusedException } from '../errors/index.js';
import { AgencyGuard, Public, Roles } from './agency.guard.js';
import { AgencyTokens } from './agency-tokens.js';
import type { Role } from './roles.js';

class Door {
  @Public() open(): void {}
  @Roles('clearing.read', 'clearing.confirm') guarded(): void {}
  forgotten(): void {}
}

@Roles('operator')
class OperatorsDoor {
  inherited(): void {}
  @Roles('funds.read') narrowed(): void {}
  @Public() open(): void {}
}

describe('the guard before every door', () => {
  let guard: AgencyGuard;
  let bearer: (...roles: Role[]) => Promise<string>;

  const knock = async (door: object, method: string, authorization?: string): Promise<string> => {
    const request = { headers: authorization === undefined ? {} : { authorization } };
    const handler = (Object.getPrototypeOf(door) as Record<string, () => void>)[method];
    const context = new ExecutionContextHost([request, {}], door.constructor as never, handler);
    context.setType('http');
    try {
      await guard.canActivate(context);
      return (request as { caller?: { agency: string } }).caller?.agency ?? 'in';
    } catch (error) {
      if (error instanceof RefusedException) return error.refusal.code;
      throw error;
    }
  };

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] });
    guard = new AgencyGuard(new Reflector(), new AgencyTokens({ issuer: 'test', jwks, production: true }));
    bearer = async (...roles) => {
      const token = new SignJWT({ agency: '430000', level: 'province', roles })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer('test')
        .setAudience('yidi')
        .setSubject('clerk')
        .setExpirationTime('5m');
      return `Bearer ${await token.sign(privateKey)}`;
    };
  });

  it('[P5.3] a public door asks for nothing, every other one for a token', async () => {
    expect(await knock(new Door(), 'open')).toBe('in');
    expect(await knock(new Door(), 'guarded')).toBe('NOT_SIGNED_IN');
    expect(await knock(new Door(), 'guarded', 'Bearer rubbish')).toBe('NOT_SIGNED_IN');
  });

  it('[P5.3] one of the roles is enough and brings the caller along, another role is refused', async () => {
    expect(await knock(new Door(), 'guarded', await bearer('clearing.confirm'))).toBe('430000');
    expect(await knock(new Door(), 'guarded', await bearer('clearing.upload', 'operator'))).toBe('ROLE_MISSING');
    expect(await knock(new Door(), 'guarded', await bearer())).toBe('ROLE_MISSING');
  });

  it('[P5.3] a door that says neither who may nor that all may is closed', async () => {
    expect(await knock(new Door(), 'forgotten', await bearer('operator', 'clearing.read'))).toBe('ROLE_MISSING');
  });

  it('[P5.3] what stands at the method goes before what stands at the class', async () => {
    expect(await knock(new OperatorsDoor(), 'inherited', await bearer('operator'))).toBe('430000');
    expect(await knock(new OperatorsDoor(), 'narrowed', await bearer('operator'))).toBe('ROLE_MISSING');
    expect(await knock(new OperatorsDoor(), 'narrowed', await bearer('funds.read'))).toBe('430000');
    expect(await knock(new OperatorsDoor(), 'open')).toBe('in');
  });
});
