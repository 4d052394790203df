import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Database } from '#shared/database';
import { personsAfter } from './person.repository.js';
import { toldAbout } from './told.js';

const pageSize = 500;

export interface Republished {
  readonly persons: number;
  readonly messages: number;
}

/**
 * 重发现状 (N13): says again, person by person, what was last said, each thing at its own place in the order. A listener that lost
 * its copy has it again afterwards; one that has it changes nothing, whatever newer news come in between.
 */
@Injectable()
export class RepublishState {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(): Promise<Republished> {
    let persons = 0;
    let messages = 0;
    for (let last = ''; ;) {
      const page = await this.database.transaction(async (tx) => {
        const found = await personsAfter(tx, last, pageSize);
        const told = (await toldAbout(tx, found)).flatMap(({ person, filings, qualifications }) => [
          person,
          ...filings,
          ...qualifications,
        ]);
        await this.outbox.publishAll(tx, told);
        return { found, count: told.length };
      });
      persons += page.found.length;
      messages += page.count;
      const next = page.found.at(-1)?.personNo;
      if (next === undefined) return { persons, messages };
      last = next;
    }
  }
}
