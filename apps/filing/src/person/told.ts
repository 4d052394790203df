import type { OutgoingEvent } from '#shared/bus';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { filingPayload } from '../filing/filing.js';
import { filingsOfMany } from '../filing/filing.repository.js';
import { qualificationPayload } from '../qualification/qualification.js';
import { qualificationsOf } from '../qualification/qualification.repository.js';
import { personPayload } from './person-book.js';
import type { StoredPerson } from './person.repository.js';

/** The last that was said about a person, filings or qualifications, as it was said: payload and place in the order. */
export interface Told {
  readonly person: OutgoingEvent;
  readonly filings: readonly OutgoingEvent[];
  readonly qualifications: readonly OutgoingEvent[];
}

/** 已发布的现状: what a listener that missed nothing knows about these persons (N13). */
export async function toldAbout(tx: Transaction, persons: readonly StoredPerson[]): Promise<Told[]> {
  const personNos = persons.map(({ personNo }) => personNo);
  const filings = await filingsOfMany(tx, personNos);
  const qualifications = await qualificationsOf(tx, personNos);
  return persons.map((person) => {
    const aggregateId = person.personNo;
    const isHis = (one: { personNo: string }): boolean => one.personNo === aggregateId;
    return {
      person: {
        contract: insuredPersonChanged,
        aggregateId,
        aggregateVersion: person.toldVersion,
        payload: personPayload(person),
      },
      filings: filings.filter(isHis).map((filing) => ({
        contract: filingChanged,
        aggregateId,
        aggregateVersion: filing.version,
        payload: filingPayload(filing),
      })),
      qualifications: qualifications.filter(isHis).flatMap((one) => {
        const payload = qualificationPayload(one);
        const { version } = one;
        return payload === undefined
          ? []
          : [{ contract: qualificationChanged, aggregateId, aggregateVersion: version, payload }];
      }),
    };
  });
}
