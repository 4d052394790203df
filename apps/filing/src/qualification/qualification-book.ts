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

  /** 编号合并: the granted ones go on under the other number: as a new one, or as the answer to what is asked for there. */
  async moveAll(
    tx: Transaction,
    from: StoredPerson,
    to: StoredPerson,
    { today, actor }: { today: Day; actor: string },
  ): Promise<void> {
    const known = await qualificationsOf(tx, [to.personNo]);
    const moving = (await qualificationsOf(tx, [from.personNo])).filter(({ status }) => status === 'effective');
    for (const one of moving) {
      const reason = `人员编号并入 ${to.personNo}`;
      await this.record(tx, { ...one, status: 'ended', to: today, reason, decidedBy: actor });
      const same = known.filter(({ diseaseCode }) => diseaseCode === one.diseaseCode);
      if (same.some(({ status }) => status === 'effective')) continue;
      const asked = same.find(({ status }) => status === 'applied');
      const qualificationNo = asked?.qualificationNo ?? (await nextQualificationNo(tx, to.homeArea, today));
      await this.record(tx, { ...one, qualificationNo, personNo: to.personNo, county: to.county });
    }
  }
}
