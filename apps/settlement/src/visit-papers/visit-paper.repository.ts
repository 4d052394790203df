import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Visit } from '../visit/visit.js';
import type { InjuryCommitment, OutsideOrder, VisitPapers } from './visit-paper.js';
import { noPapers } from './visit-paper.js';

const commitmentColumns = `visit_id as "visitId", signer, relation, certificate_type as "certificateType", phone,
  happened_at as "happenedAt", place, course, signed_on as "signedOn", certificate_encrypted as "certificateEncrypted"`;
const orderColumns = `visit_id as "visitId", order_no as "orderNo", kind, outside_institution as "outsideInstitution", items, reason,
  physician, approved_on as "approvedOn"`;

export interface StoredCommitment extends InjuryCommitment {
  readonly certificateEncrypted: Buffer;
}

interface Recorded {
  readonly by: string;
  readonly at: Date;
}

export const findCommitment = (tx: Transaction, visitId: string): Promise<StoredCommitment | undefined> =>
  one<StoredCommitment>(tx, `select ${commitmentColumns} from injury_commitment where visit_id = $1`, [visitId]);

/** What is signed again replaces what was signed before. */
export async function keepCommitment(
  tx: Transaction,
  { visitId, institutionCode, homeArea, treatmentArea }: Visit,
  given: Omit<StoredCommitment, 'visitId'>,
  { by, at }: Recorded,
): Promise<void> {
  await tx.query(
    `insert into injury_commitment (visit_id, institution_code, home_area, treatment_area, signer, relation, certificate_type,
       certificate_encrypted, phone, happened_at, place, course, signed_on, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (visit_id) do update set signer = excluded.signer, relation = excluded.relation,
       certificate_type = excluded.certificate_type, certificate_encrypted = excluded.certificate_encrypted,
       phone = excluded.phone, happened_at = excluded.happened_at, place = excluded.place, course = excluded.course,
       signed_on = excluded.signed_on, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
    [
      ...[visitId, institutionCode, homeArea, treatmentArea, given.signer, given.relation, given.certificateType],
      ...[given.certificateEncrypted, given.phone, given.happenedAt, given.place, given.course, given.signedOn, by, at],
    ],
  );
}

export const findOrder = (tx: Transaction, visitId: string, orderNo: string): Promise<OutsideOrder | undefined> =>
  one<OutsideOrder>(tx, `select ${orderColumns} from outside_order where visit_id = $1 and order_no = $2`, [
    visitId,
    orderNo,
  ]);

export const ordersOf = (tx: Transaction, visitId: string): Promise<OutsideOrder[]> =>
  rows<OutsideOrder>(tx, `select ${orderColumns} from outside_order where visit_id = $1 order by order_no`, [visitId]);

export async function insertOrder(
  tx: Transaction,
  { visitId, institutionCode, homeArea, treatmentArea }: Visit,
  order: OutsideOrder,
  { by, at }: Recorded,
): Promise<void> {
  await tx.query(
    `insert into outside_order (visit_id, order_no, institution_code, home_area, treatment_area, kind, outside_institution, items,
       reason, physician, approved_on, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[visitId, order.orderNo, institutionCode, homeArea, treatmentArea, order.kind, order.outsideInstitution],
      ...[order.items, order.reason, order.physician, order.approvedOn, by, at],
    ],
  );
}

/** The forms of several visits; who needs none is not asked for. */
export async function papersOf(tx: Transaction, visitIds: readonly string[]): Promise<Map<string, VisitPapers>> {
  if (visitIds.length === 0) return new Map();
  const committed = await rows<{ visitId: string }>(
    tx,
    'select visit_id as "visitId" from injury_commitment where visit_id = any($1)',
    [visitIds],
  );
  const orders = await rows<OutsideOrder>(tx, `select ${orderColumns} from outside_order where visit_id = any($1)`, [
    visitIds,
  ]);
  return new Map(
    visitIds.map((visitId) => [
      visitId,
      {
        ...noPapers,
        committed: committed.some((one) => one.visitId === visitId),
        orders: orders.filter((one) => one.visitId === visitId),
      },
    ]),
  );
}
