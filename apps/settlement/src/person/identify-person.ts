import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import { FilingClient } from './filing-client.js';
import type { KnownPerson } from './known-person.js';
import { findPersonByHash, keepFiling, keepPerson } from './known-person.repository.js';

/** 身份识别 (N16): by the certificate number, from what the topics told us; a stranger is asked for once. */
@Injectable()
export class IdentifyPerson {
  constructor(
    private readonly database: Database,
    private readonly identityNumbers: IdentityNumbers,
    private readonly filing: FilingClient,
  ) {}

  async execute(certificateNo: string, name: string | undefined): Promise<Outcome<KnownPerson>> {
    const person = await this.find(this.identityNumbers.hash(certificateNo));
    if (person === undefined) return refuse('PERSON_UNKNOWN');
    if (name !== undefined && name !== '' && name !== person.name) return refuse('NAME_DIFFERS');
    return person;
  }

  private async find(identityHash: string): Promise<KnownPerson | undefined> {
    const known = await this.database.transaction((tx) => findPersonByHash(tx, identityHash));
    if (known !== undefined) return known;
    const answer = await this.filing.ask(identityHash);
    if (answer === undefined) return undefined;
    await this.database.transaction(async (tx) => {
      await keepPerson(tx, answer.person, answer.version);
      for (const filing of answer.filings) await keepFiling(tx, filing, answer.version);
    });
    return answer.person;
  }
}
