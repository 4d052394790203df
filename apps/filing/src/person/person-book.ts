import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { insuredPersonChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import type { InsuredPerson } from './person.js';
import { savePerson } from './person.repository.js';
import type { PersonToSave, StoredPerson } from './person.repository.js';

/** A person as every service may know it. */
export const personPayload = (person: InsuredPerson): InsuredPerson => ({
  personNo: person.personNo,
  name: person.name,
  sex: person.sex,
  birthDate: person.birthDate,
  certificateType: person.certificateType,
  identityHash: person.identityHash,
  homeArea: person.homeArea,
  insurances: person.insurances,
  specialIdentities: person.specialIdentities,
  mergedInto: person.mergedInto,
});

/** What tells two states of a person apart: the same content again changes nothing. */
export function contentHash(person: Omit<InsuredPerson, 'mergedInto'> & { county: string | null }): string {
  const insurances = person.insurances
    .map(({ scheme, personType, category, tier, status, from, to }) =>
      [scheme, personType, category, tier ?? '', status, from, to ?? ''].join('|'),
    )
    .sort();
  const { personNo, name, sex, birthDate, certificateType, identityHash, homeArea, county } = person;
  const content = [
    ...[personNo, name, sex, birthDate, certificateType, identityHash, homeArea, county ?? ''],
    ...[[...person.specialIdentities].sort().join('|'), ...insurances],
  ];
  return createHash('sha256').update(content.join('\n')).digest('base64');
}

/** Keeps persons and tells the others, in the same transaction. A person that is known must be locked. */
@Injectable()
export class PersonBook {
  constructor(private readonly outbox: Outbox) {}

  async record(tx: Transaction, given: Omit<PersonToSave, 'contentHash'>): Promise<StoredPerson> {
    const person: PersonToSave = { ...given, contentHash: contentHash(given) };
    const version = await savePerson(tx, person);
    await this.outbox.publish(tx, insuredPersonChanged, {
      aggregateId: person.personNo,
      aggregateVersion: version,
      payload: personPayload(person),
    });
    return { ...person, version, toldVersion: version };
  }
}
