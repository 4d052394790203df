import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day, Month } from '#shared/clock';

/** 备案统计: how many filings of one area, category, channel and month, and what became of them. */
export interface FilingCount {
  readonly homeArea: string;
  readonly month: Month;
  readonly category: string;
  readonly channel: string;
  readonly applied: number;
  readonly effective: number;
  readonly rejected: number;
  readonly supplementary: number;
  readonly onCommitment: number;
  /** Decided after the day on which it was due. */
  readonly late: number;
}

/** By the month of the application; only rows that the asker may see count. */
export const countFilings = (tx: Transaction, from: Day, to: Day): Promise<FilingCount[]> =>
  rows<FilingCount>(
    tx,
    `select f.home_area as "homeArea", to_char(f.applied_on, 'YYYY-MM') as month, f.category, f.channel,
       count(*)::int as applied,
       count(*) filter (where f.valid_from is not null)::int as effective,
       count(*) filter (where f.status = 'rejected')::int as rejected,
       count(*) filter (where f.supplementary)::int as supplementary,
       count(*) filter (where 'commitment' = any(f.materials))::int as "onCommitment",
       count(*) filter (where o.met_on > o.due_on or o.state = 'overdue')::int as late
     from filing f left join obligation o on o.kind = 'decide-filing' and o.subject = f.filing_no
     where f.applied_on between $1 and $2
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [from, to],
  );
