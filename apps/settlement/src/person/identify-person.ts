import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { currentPerson } from '#shared/filing';
import { IdentityNumbers } from '#shared/identity';
import { AskAboutPerson } from './ask-about-person.js';
import { CarryOverNumber } from './carry-over-number.js';
import type { FilingAnswer } from './filing-client.js';
import type { KnownPerson } from './known-person.js';
import { findNumbersByHash, findPerson, keepFiling, keepPerson, keepQualification } from './known-person.repository.js';

/** 身份识别 (N16): by the certificate number, from what the topics told us; a stranger is asked for once. */
@Injectable()
export class IdentifyPerson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly identityNumbers: IdentityNumbers,
    private readonly source: AskAboutPerson,
    private readonly carryOver: CarryOverNumber,
  ) {}

  async execute(certificateNo: string, name: string | undefined): Promise<Outcome<KnownPerson>> {
    const person = await this.find(this.identityNumbers.hash(certificateNo));
    if (person === undefined) return refuse('PERSON_UNKNOWN');
    if (name !== undefined && name !== '' && name !== person.name) return refuse('NAME_DIFFERS');
    return person;
  }

  /** Of the numbers of one person, the one that counts today; a number that was merged leads to the one that goes on. */
  private async find(identityHash: string): Promise<KnownPerson | undefined> {
    const known = await this.known(identityHash);
    if (known === undefined) await this.keep(await this.source.stranger(identityHash));
    else await this.refresh(known);
    return this.known(identityHash);
  }

  /** 异地人员: what their own deployment says of them now; where it does not answer, what it said last stays. */
  async refresh({ homeArea, identityHash }: Pick<KnownPerson, 'homeArea' | 'identityHash'>): Promise<void> {
    await this.keep(await this.source.again(homeArea, identityHash));
  }

  private async keep(answers: readonly FilingAnswer[]): Promise<void> {
    if (answers.length === 0) return;
    await this.database.transaction(async (tx) => {
      for (const { person, filings, qualifications } of answers) {
        await keepPerson(tx, person.payload, person.version);
        await this.carryOver.execute(tx, person.payload);
        for (const { payload, version } of filings) await keepFiling(tx, payload, version);
        for (const { payload, version } of qualifications) await keepQualification(tx, payload, version);
      }
    });
  }

  private known(identityHash: string): Promise<KnownPerson | undefined> {
    return this.database.transaction(async (tx) => {
      const numbers = await findNumbersByHash(tx, identityHash);
      const current = currentPerson(numbers, this.clock.today());
      const mergedInto = numbers.find((one) => typeof one.mergedInto === 'string')?.mergedInto;
      return current ?? (typeof mergedInto === 'string' ? findPerson(tx, mergedInto) : undefined);
    });
  }
}
