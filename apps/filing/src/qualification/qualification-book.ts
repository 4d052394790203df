import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import type { Day } from '#shared/clock';
import { qualificationChanged } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { nextPersonVersion } from '../person/person.repository.js';
import type { StoredPerson } from '../person/person.repository.js';
import { qualificationPayload } from './qualification.js';
import type { Qualification } from './qualification.js';
import { nextQualificationNo, qualificationsOf, saveQualification } from './qualification.repository.js';

/** Keeps qualifications and publishes at once what was granted or ended (N13). The person must be locked. */
@Injectable()
export class QualificationBook {
  constructor(private readonly outbox: Outbox) {}

  async record(tx: Transaction, given: Qualification): Promise<Qualification> {
    const version = await nextPersonVersion(tx, given.personNo);
    const kept = { ...given, version };
    await saveQualification(tx, kept);
    const payload = qualificationPayload(kept);
    if (payload !== undefined)
      await this.outbox.publish(tx, qualificationChanged, {
        aggregateId: kept.personNo,
        aggregateVersion: version,
        payload,
      });
    return kept;
  }

  /**
   * 编号合并: what was granted goes on under the other number, as a new one or as the answer to what is asked for there; what is
   * still asked for is asked for there, unless it has been already.
   */
  async moveAll(
    tx: Transaction,
    from: StoredPerson,
    to: StoredPerson,
    { today, actor }: { today: Day; actor: string },
  ): Promise<void> {
    const reason = `人员编号并入 ${to.personNo}`;
    const all = await qualificationsOf(tx, [from.personNo]);
    const underOther = async ({ diseaseCode }: Qualification): Promise<Qualification[]> =>
      (await qualificationsOf(tx, [to.personNo])).filter((one) => one.diseaseCode === diseaseCode);
    const goOn = async (one: Qualification, no?: string): Promise<void> => {
      const qualificationNo = no ?? (await nextQualificationNo(tx, to.homeArea, today));
      await this.record(tx, { ...one, qualificationNo, personNo: to.personNo, county: to.county });
    };
    for (const one of all.filter(({ status }) => status === 'effective')) {
      await this.record(tx, { ...one, status: 'ended', to: today, reason, decidedBy: actor });
      const same = await underOther(one);
      if (same.some(({ status }) => status === 'effective')) continue;
      await goOn(one, same.find(({ status }) => status === 'applied')?.qualificationNo);
    }
    for (const one of all.filter(({ status }) => status === 'applied')) {
      await this.record(tx, { ...one, status: 'rejected', decidedOn: today, reason, decidedBy: actor });
      const same = await underOther(one);
      if (!same.some(({ status }) => status === 'effective' || status === 'applied')) await goOn(one);
    }
  }
}
