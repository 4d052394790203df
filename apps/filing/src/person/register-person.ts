import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { belongingOf, isHomeAgency } from '../authority/home-agency.js';
import { FollowInsuredStatus } from '../filing/follow-insured-status.js';
import { contentHash, PersonBook } from './person-book.js';
import type { InsuredPerson } from './person.js';
import { findPerson, findPersonsByHash } from './person.repository.js';
import { documentName, isDocumentNumber, normalDocumentNumber } from './rules/identity-document.js';

export interface RegisterPersonCommand extends Omit<InsuredPerson, 'identityHash' | 'mergedInto'> {
  readonly identityNumber: string;
}

export interface Registered {
  readonly personNo: string;
  readonly version: number;
  /** Other areas where the same person has a number: insured twice, or moved. */
  readonly alsoIn: readonly string[];
}

/** 参保登记: the home agency enters a person or a change; the same content again changes nothing (N13). */
@Injectable()
export class RegisterPerson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly book: PersonBook,
    private readonly follow: FollowInsuredStatus,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  execute({ identityNumber, ...given }: RegisterPersonCommand, caller: Caller): Promise<Outcome<Registered>> {
    const number = normalDocumentNumber(identityNumber);
    const { certificateType, personNo } = given;
    const belonging = belongingOf(given.homeArea);
    return this.database.transaction(async (tx) => {
      if (!(await isHomeAgency(tx, caller, belonging))) return refuse('NOT_YOUR_AREA', { area: given.homeArea });
      if (!isDocumentNumber(certificateType, number))
        return refuse('IDENTITY_NUMBER_INVALID', { kind: documentName(certificateType) });
      const person = { ...given, ...belonging, identityHash: this.identityNumbers.hash(number) };
      const known = await findPerson(tx, personNo, true);
      if (known !== undefined && known.homeArea !== person.homeArea)
        return refuse('PERSON_OF_OTHER_AREA', { personNo, area: known.homeArea });
      if (known !== undefined && known.mergedInto !== null) return refuse('PERSON_MERGED', { into: known.mergedInto });
      const numbers = await findPersonsByHash(tx, person.identityHash);
      const others = numbers.filter((one) => one.personNo !== personNo && one.mergedInto === null);
      if (others.some(({ homeArea }) => homeArea === person.homeArea))
        return refuse('ALREADY_DONE_DIFFERENTLY', { what: '该证件号码的参保人' });
      const alsoIn = others.map(({ homeArea }) => homeArea);
      if (known?.contentHash === contentHash(person)) return { personNo, version: known.version, alsoIn };
      const saved = await this.book.record(tx, {
        ...person,
        mergedInto: null,
        identityEncrypted: this.identityNumbers.encrypt(number),
      });
      await this.follow.execute(tx, saved, this.clock.today(), caller.subject);
      return { personNo, version: saved.version, alsoIn };
    });
  }
}
