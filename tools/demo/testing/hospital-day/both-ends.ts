import { databaseAddress, withClient } from '../../../launcher/postgres-client.js';
import type { TestWorld } from '../test-world.js';

/** What is settled in the end, visit by visit: whatever was refunded or reversed comes to nothing. */
const standing = `
  select visit_id || ' ' || to_char(sum(fund_fen) / 100.0, 'FM9999999990.00') as id
  from settlement.settlement group by visit_id
  having sum(case kind when 'charge' then 1 else -1 end) <> 0`;

const differences: Readonly<Record<string, string>> = {
  'settlements without their line at home, or with other amounts': `
    select coalesce(s.settlement_id, h.settlement_id) as id
    from settlement.settlement s full join settlement.home_settlement h using (settlement_id)
    where s.fund_fen is distinct from h.fund_fen or s.personal_account_fen is distinct from h.personal_account_fen
       or s.total_fen is distinct from h.total_fen`,
  'settlements without their item in clearing, or with another fund': `
    select coalesce(s.settlement_id, c.settlement_id) as id
    from settlement.settlement s full join clearing.clearing_item c using (settlement_id)
    where s.fund_fen is distinct from c.fund_fen`,
  'accumulators that are not the sum of what moved them': `
    with moved as (
      select h.person_no, h.scheme, y.key::int as benefit_year, n.key as name, sum(n.value::numeric) as amount
      from settlement.home_settlement h, jsonb_each(h.changes) y, jsonb_each_text(y.value) n
      group by 1, 2, 3, 4)
    select coalesce(a.person_no, m.person_no) || ' ' || coalesce(a.name, m.name) as id
    from settlement.accumulator a full join moved m using (person_no, scheme, benefit_year, name)
    where coalesce(a.amount, 0) <> coalesce(m.amount, 0)`,
  'accounts that are not what their entries add up to': `
    select a.person_no as id from settlement.account a
    where a.balance_fen <> (select coalesce(sum(e.amount_fen), 0) from settlement.account_entry e where e.person_no = a.person_no)`,
  'lines of a settlement that are not its total': `
    select s.settlement_id as id from settlement.settlement s
    where s.kind = 'charge' and s.total_fen <> (select sum(l.total_fen) from settlement.settlement_line l where l.settlement_id = s.settlement_id)`,
  // A reversal that was cut off is sent again under a number of its own.
  'messages without an end': `select msgid as id from settlement.gateway_message where state = 'running' and infno <> '2601'`,
};

export interface BothEnds {
  readonly standing: readonly string[];
  /** What does not agree, by its name; empty when all ends know the same. */
  readonly disagreements: readonly string[];
}

/** 各端核对: what the databases of all services say at the end of the day. */
export const lookAtBothEnds = ({ servers, databaseName }: TestWorld): Promise<BothEnds> =>
  withClient(databaseAddress(servers.databaseUrl, databaseName), async (client) => {
    await client.query(`set yidi.scope = '*'`);
    const ids = async (sql: string): Promise<string[]> =>
      (await client.query<{ id: string }>(sql)).rows.map(({ id }) => id).sort();
    const disagreements: string[] = [];
    for (const [name, sql] of Object.entries(differences)) {
      const found = await ids(sql);
      if (found.length > 0) disagreements.push(`${found.length} ${name}: ${found.slice(0, 5).join(', ')}`);
    }
    return { standing: await ids(standing), disagreements };
  });
