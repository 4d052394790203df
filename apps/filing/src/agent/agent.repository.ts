import { one, rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Day } from '#shared/clock';

/** 备案代办点 (H11): a village or an employer that files for the persons on its list. */
export interface FilingAgent {
  /** The subject of its token. */
  readonly agentId: string;
  readonly kind: 'village' | 'employer';
  readonly name: string;
  readonly area: string;
  readonly appointedOn: Day;
  readonly dismissedOn: Day | null;
}

const columns = `a.agent_id as "agentId", a.kind, a.name, a.area, a.appointed_on as "appointedOn", a.dismissed_on as "dismissedOn"`;

export const findAgent = (tx: Transaction, agentId: string): Promise<FilingAgent | undefined> =>
  one<FilingAgent>(tx, `select ${columns} from filing_agent a where a.agent_id = $1`, [agentId]);

/** The agent, when it is at work and the person is on its list. */
export const findAgentFor = (tx: Transaction, agentId: string, personNo: string): Promise<FilingAgent | undefined> =>
  one<FilingAgent>(
    tx,
    `select ${columns} from filing_agent a join filing_agent_person p on p.agent_id = a.agent_id
     where a.agent_id = $1 and p.person_no = $2 and a.dismissed_on is null`,
    [agentId, personNo],
  );

export const listAgents = (tx: Transaction): Promise<FilingAgent[]> =>
  rows<FilingAgent>(tx, `select ${columns} from filing_agent a order by a.agent_id limit 1000`);

export async function appointAgent(tx: Transaction, agent: FilingAgent): Promise<void> {
  await tx.query(
    `insert into filing_agent (agent_id, kind, name, area, appointed_on, dismissed_on) values ($1, $2, $3, $4, $5, $6)
     on conflict (agent_id) do update set kind = excluded.kind, name = excluded.name, dismissed_on = excluded.dismissed_on`,
    [agent.agentId, agent.kind, agent.name, agent.area, agent.appointedOn, agent.dismissedOn],
  );
}

/** The list as it is now; answers how many of the numbers are persons of the agent's area. */
export async function setAgentPersons(
  tx: Transaction,
  agent: FilingAgent,
  personNos: readonly string[],
): Promise<number> {
  await tx.query('delete from filing_agent_person where agent_id = $1', [agent.agentId]);
  const kept = await rows<{ personNo: string }>(
    tx,
    `with added as (
       insert into filing_agent_person (agent_id, person_no)
       select $1, person_no from insured_person where person_no = any($2) and (home_area = $3 or county = $3) returning person_no)
     select person_no as "personNo" from added`,
    [agent.agentId, personNos, agent.area],
  );
  return kept.length;
}
