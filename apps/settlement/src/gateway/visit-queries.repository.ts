import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';
import { numbersOf } from '../person/person-alias.repository.js';
import type { Details, FeeLine, Visit } from '../visit/visit.js';
import type { KeptDiagnosis } from './transactions/visit-facts.js';

export interface FoundVisit extends Visit {
  readonly openedAt: Date;
  readonly diagnoses: readonly KeptDiagnosis[];
  readonly details: Details;
}

export interface VisitQuestion {
  readonly institutionCode: string;
  readonly personNo: string;
  readonly visitId?: string | null;
  readonly medType?: string | null;
  readonly from?: Day | null;
  readonly to?: Day | null | undefined;
  readonly admittedOnly?: boolean;
}

const mostFound = 500;

/** 就诊查询: an institution's own visits of a person. */
export const findVisits = (tx: Transaction, wanted: VisitQuestion): Promise<FoundVisit[]> =>
  rows<FoundVisit>(
    tx,
    `select visit_id as "visitId", institution_code as "institutionCode", treatment_area as "treatmentArea",
            person_no as "personNo", home_area as "homeArea", scheme, setting, med_type as "medType", emergency,
            hospital_no as "hospitalNo", status, version, admitted_on as "admittedOn", discharged_on as "dischargedOn",
            opened_at as "openedAt", diagnoses, details
     from visit where institution_code = $1 and person_no in ${numbersOf('$2::text')} and ($3::text is null or visit_id = $3)
       and ($4::text is null or med_type = $4) and ($5::date is null or coalesce(discharged_on, admitted_on) >= $5)
       and ($6::date is null or admitted_on <= $6) and (not $7 or status = 'admitted')
     order by opened_at, visit_id limit ${mostFound}`,
    [
      ...[wanted.institutionCode, wanted.personNo, wanted.visitId ?? null, wanted.medType ?? null],
      ...[wanted.from ?? null, wanted.to ?? null, wanted.admittedOnly ?? false],
    ],
  );

export interface FoundLine extends Omit<FeeLine, 'batchNo'> {
  readonly itemName: string | null;
  readonly details: Details | null;
}

const lineColumns = `l.visit_id as "visitId", l.line_no as "lineNo", l.item_code as "itemCode", l.category, l.class,
  l.first_pay_ratio as "firstPayRatio", l.price_limit_fen as "priceLimitFen", l.price, l.quantity, l.occurred_on as "occurredOn",
  l.position, l.total_fen as "totalFen", l.own_expense_fen as "ownExpenseFen", l.over_limit_fen as "overLimitFen",
  l.first_pay_fen as "firstPayFen", l.in_scope_fen as "inScopeFen", l.settlement_id as "settlementId"`;
const itemName = `(select c.name from catalogue_item c join visit v on v.visit_id = l.visit_id
  where c.area in (v.treatment_area, left(v.treatment_area, 4) || '00', left(v.treatment_area, 2) || '0000')
    and c.code = l.item_code and c.from_day <= l.occurred_on and (c.to_day is null or l.occurred_on <= c.to_day)
  order by c.area = v.treatment_area desc, c.area desc limit 1) as "itemName"`;

/** 费用明细: those of a settlement as it was settled, or all that a visit has now. */
export const findLines = (tx: Transaction, visitId: string, settlementId: string | null): Promise<FoundLine[]> =>
  settlementId === null
    ? rows<FoundLine>(
        tx,
        `select ${lineColumns}, ${itemName}, l.details from fee_line l where l.visit_id = $1 order by l.position, l.line_no`,
        [visitId],
      )
    : rows<FoundLine>(
        tx,
        `select ${lineColumns}, ${itemName}, f.details
         from settlement_line l left join fee_line f on f.visit_id = l.visit_id and f.line_no = l.line_no
         where l.visit_id = $1 and l.settlement_id = $2 order by l.position, l.line_no`,
        [visitId, settlementId],
      );

export interface YearTotal {
  readonly scheme: string;
  readonly year: number;
  readonly name: string;
  readonly amount: bigint;
}

/** 年度累计 of a person, by the names of the accumulators; those by month are parts of them. */
export const yearTotals = (tx: Transaction, personNo: string): Promise<YearTotal[]> =>
  rows<YearTotal>(
    tx,
    `select scheme, benefit_year as year, name, amount from accumulator
     where person_no in ${numbersOf('$1::text')} and name not like '%@%' order by scheme, benefit_year, name`,
    [personNo],
  );
