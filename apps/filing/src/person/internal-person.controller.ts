import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OutgoingEvent } from '#shared/bus';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { isServiceCall, Public } from '#shared/identity';
import { ServiceConfig } from '#shared/service';
import { findPersonsByHash } from './person.repository.js';
import { toldAbout } from './told.js';

const told = ({ aggregateVersion, payload }: OutgoingEvent): object => ({ version: aggregateVersion, payload });

/** What settlement asks about a person it has never heard of; signed with the key that only services hold. */
@ApiExcludeController()
@Public()
@Controller('internal/persons')
export class InternalPersonController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: ServiceConfig,
  ) {}

  @Get(':identityHash')
  async get(@Param('identityHash') identityHash: string, @Headers() headers: Record<string, string>): Promise<object> {
    const path = `/internal/persons/${identityHash}`;
    if (!isServiceCall(this.config.identityHashKey, path, headers, this.clock.now())) orThrow(refuse('NOT_SIGNED_IN'));
    return this.database.transaction(async (tx) => {
      const numbers = await toldAbout(tx, await findPersonsByHash(tx, identityHash));
      if (numbers.length === 0) return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
      return {
        numbers: numbers.map(({ person, filings, qualifications }) => ({
          person: told(person),
          filings: filings.map(told),
          qualifications: qualifications.map(told),
        })),
      };
    });
  }
}
