import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { insuredPersonChanged } from '#shared/contracts';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers, isIdentityNumber, isWithin } from '#shared/identity';
import type { Caller } from '#shared/identity';
import type { InsuredPerson } from './person.js';
import { findPerson, findPersonByHash, savePerson } from './person.repository.js';

export interface RegisterPersonCommand extends Omit<InsuredPerson, 'identityHash'> {
  readonly identityNumber: string;
}

export interface Registered {
  readonly personNo: string;
  readonly version: number;
}

/** 参保登记: the home agency enters a person or a change; the same content again changes nothing (N13). */
@Injectable()
export class RegisterPerson {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  async execute({ identityNumber, ...given }: RegisterPersonCommand, caller: Caller): Promise<Outcome<Registered>> {
    if (!isWithin(caller.scope, given.homeArea)) return refuse('NOT_YOUR_AREA', { area: given.homeArea });
    const number = identityNumber.trim().toUpperCase();
    if (given.certificateType === '01' && !isIdentityNumber(number)) return refuse('IDENTITY_NUMBER_INVALID');
    const person: InsuredPerson = { ...given, identityHash: this.identityNumbers.hash(number) };
    return this.database.transaction(async (tx) => {
      const known = await findPerson(tx, person.personNo, true);
      const holder = await findPersonByHash(tx, person.identityHash);
      if (known !== undefined && known.homeArea !== person.homeArea) {
        return refuse('PERSON_OF_OTHER_AREA', { personNo: person.personNo, area: known.homeArea });
      }
      if (holder !== undefined && holder.personNo !== person.personNo)
        return refuse('ALREADY_DONE_DIFFERENTLY', { what: '该证件号码的参保人' });
      if (known !== undefined && isSame(known, person)) return { personNo: person.personNo, version: known.version };
      const version = await savePerson(tx, person, this.identityNumbers.encrypt(number));
      await this.outbox.publish(tx, insuredPersonChanged, {
        aggregateId: person.personNo,
        aggregateVersion: version,
        payload: person,
      });
      return { personNo: person.personNo, version };
    });
  }
}

function isSame(known: InsuredPerson, given: InsuredPerson): boolean {
  const shape = ({
    personNo,
    name,
    sex,
    birthDate,
    certificateType,
    identityHash,
    homeArea,
    insurances,
  }: InsuredPerson): string =>
    JSON.stringify([
      ...[personNo, name, sex, birthDate, certificateType, identityHash, homeArea],
      insurances
        .map(({ scheme, personType, category, tier, status, from, to }) =>
          [scheme, personType, category, tier, status, from, to].join('|'),
        )
        .sort(),
    ]);
  return shape(known) === shape(given);
}
