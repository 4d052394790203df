import type { Day } from '#shared/clock';
import type { filingChanged, insuredPersonChanged, PayloadOf } from '#shared/contracts';

/** 参保人员 as filing has told us. */
export type KnownPerson = PayloadOf<typeof insuredPersonChanged>;
export type Insurance = KnownPerson['insurances'][number];
export type KnownFiling = Pick<
  PayloadOf<typeof filingChanged>,
  'filingNo' | 'category' | 'destination' | 'status' | 'decidedOn' | 'validFrom' | 'validTo' | 'commitmentDueOn'
>;

/** As it is stored: whose it is, and the admission that a supplementary filing (补办) was made for. */
export type StoredFiling = KnownFiling & { readonly personNo: string; readonly coversFrom: Day | null };

/** 门诊慢特病资格 as filing has told us. */
export interface KnownQualification {
  readonly diseaseCode: string;
  readonly diseaseName: string;
  readonly status: string;
  readonly from: Day;
  readonly to: Day | null;
}

/** The insurance of a scheme that is active on a day. */
export const insuranceOn = (person: Pick<KnownPerson, 'insurances'>, scheme: string, day: Day): Insurance | undefined =>
  person.insurances.find(
    (one) => one.scheme === scheme && one.status === 'active' && one.from <= day && (one.to === null || day <= one.to),
  );
