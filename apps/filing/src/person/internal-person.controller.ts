import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { isServiceCall, Public } from '#shared/identity';
import { ServiceConfig } from '#shared/service';
import { filingPayload } from '../filing/filing.js';
import { filingsOf } from '../filing/filing.repository.js';
import { findPersonByHash } from './person.repository.js';

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
      const found = await findPersonByHash(tx, identityHash);
      if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
      const { version, identityEncrypted: _encrypted, ...person } = found;
      const filings = await filingsOf(tx, found.personNo);
      return { version, person, filings: filings.map(filingPayload), qualifications: [] };
    });
  }
}
