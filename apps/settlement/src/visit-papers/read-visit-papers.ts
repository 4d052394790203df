import { Injectable } from '@nestjs/common';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers, maskIdentityNumber } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { findInstitution } from '../institution/institution.repository.js';
import { findSettlement } from '../settlement/settlement.repository.js';
import { readVisits } from '../visit/visit.repository.js';
import type { CommitmentFacts } from './injury-commitment-form.js';
import type { OrderFacts } from './outside-order-form.js';
import { maySee, paperFacts, visibleVisit } from './paper-facts.js';
import { settlementSlip } from './settlement-slip.js';
import type { SettlementSlip } from './settlement-slip.js';
import { findCommitment, findOrder } from './visit-paper.repository.js';

export type Reader = Pick<Caller, 'institution' | 'scope'>;

/** What the papers say (A11 A12 A13), for whoever may see the visit; for everybody else they are not there. */
@Injectable()
export class ReadVisitPapers {
  constructor(private readonly identityNumbers: IdentityNumbers) {}

  async commitment(tx: Transaction, visitId: string, reader: Reader): Promise<Outcome<CommitmentFacts>> {
    const visit = await visibleVisit(tx, visitId, reader);
    if (isRefusal(visit)) return visit;
    const found = await findCommitment(tx, visitId);
    if (found === undefined) return refuse('NOT_FOUND', { what: '该承诺书' });
    const { certificateEncrypted, ...commitment } = found;
    const maskedCertificate = maskIdentityNumber(this.identityNumbers.decrypt(certificateEncrypted));
    return { commitment, maskedCertificate, treatmentArea: visit.treatmentArea };
  }

  async order(tx: Transaction, visitId: string, orderNo: string, reader: Reader): Promise<Outcome<OrderFacts>> {
    const visit = await visibleVisit(tx, visitId, reader);
    if (isRefusal(visit)) return visit;
    const order = await findOrder(tx, visitId, orderNo);
    if (order === undefined) return refuse('NOT_FOUND', { what: '该外检外购单' });
    const outside = await findInstitution(tx, order.outsideInstitution);
    return { ...(await paperFacts(tx, visit)), order, outsideName: outside?.name ?? order.outsideInstitution };
  }

  /** 结算单 of a settlement or a refund. */
  async slip(tx: Transaction, settlementId: string, reader: Reader): Promise<Outcome<SettlementSlip>> {
    const found = await findSettlement(tx, settlementId);
    const [visit] = found === undefined ? [] : await readVisits(tx, [found.visitId]);
    if (found === undefined || visit === undefined || !maySee(reader, found))
      return refuse('NOT_FOUND', { what: '该结算' });
    return settlementSlip(found, await paperFacts(tx, visit));
  }
}
