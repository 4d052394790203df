import type { Day } from '#shared/clock';

/** 外伤无第三方责任承诺书 (A11): who signed, and what happened when and where. */
export interface InjuryCommitment {
  readonly visitId: string;
  readonly signer: string;
  /** 本人, or a near relative who signs for a patient who cannot. */
  readonly relation: 'self' | 'relative';
  readonly certificateType: string;
  readonly phone: string;
  readonly happenedAt: Date;
  readonly place: string;
  readonly course: string;
  readonly signedOn: Day;
}

/** 住院期间外院检查治疗或定点药店购药单 (A12): stamped by the hospital's insurance office. */
export interface OutsideOrder {
  readonly visitId: string;
  /** The hospital's own number of the form. */
  readonly orderNo: string;
  readonly kind: 'exam' | 'purchase';
  readonly outsideInstitution: string;
  readonly items: string;
  readonly reason: string;
  readonly physician: string;
  readonly approvedOn: Day;
}

/** The forms on which a visit is settled. */
export interface VisitPapers {
  readonly committed: boolean;
  readonly orders: readonly Pick<OutsideOrder, 'outsideInstitution' | 'approvedOn'>[];
}

export const noPapers: VisitPapers = { committed: false, orders: [] };

/** What the hospital writes into the extension field instead of a form: that it holds the signed or stamped paper. */
export const heldByHospital = { commitment: 'ttp_cmt_flag', outsideForm: 'etip_form_flag' } as const;
