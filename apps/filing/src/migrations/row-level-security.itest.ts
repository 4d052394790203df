import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { RestTestService } from '#shared/testing';
import { clerk, Desk, personBody, personNo, startFiling } from '../testing/people.js';

/** Whoever may come to the database, by the scope that the service would set for them. */
const askers = {
  system: '*',
  'own province': '43',
  'other province': '44',
  'own prefecture': '4301',
  'other prefecture': '4302',
  'county with mandate': '430121',
  'county without': '430122',
  'treatment area': '31',
  'applied-for area': '4201',
  nobody: '',
} as const;
type Asker = keyof typeof askers;
type Verb = 'select' | 'insert' | 'update' | 'delete';

const homeReaders: Asker[] = ['system', 'own province', 'own prefecture', 'county with mandate'];
const homeWriters: Asker[] = ['system', 'own prefecture', 'county with mandate'];
const prefecture: { read: Asker[]; write: Asker[] } = {
  read: ['system', 'own province', 'own prefecture'],
  write: ['system', 'own prefecture'],
};
const everybody = Object.keys(askers) as Asker[];

interface Walk {
  readonly read: readonly Asker[];
  readonly write: readonly Asker[];
  /** Rows can only be added, by those who may write. */
  readonly appendOnly?: true;
  readonly column: string;
  /** A second row like the one that is there. */
  readonly insert: string;
}

const walks: Record<string, Walk> = {
  insured_person: {
    ...{ read: homeReaders, write: homeWriters, column: 'name' },
    insert: `insert into insured_person (person_no, name, sex, birth_date, certificate_type, identity_encrypted, identity_hash,
      home_area, county, version) values ('new', 'n', '1', '2000-01-01', '01', '\\x00', 'h', '430100', '430121', 1)`,
  },
  insurance: {
    ...{ read: homeReaders, write: homeWriters, column: 'tier' },
    insert: `insert into insurance (person_no, scheme, person_type, category, status, from_day)
      values ('${personNo(1)}', '390', '1501', 'resident', 'active', '2026-01-01')`,
  },
  filing: {
    ...{ read: [...homeReaders, 'treatment area'], write: homeWriters, column: 'reason' },
    insert: `insert into filing (filing_no, person_no, home_area, county, category, destination, status, channel, supplementary,
      materials, applied_on, applied_by) values ('new', '${personNo(1)}', '430100', '430121', 'referral', '440100', 'effective',
      'counter', false, '{}', '2026-03-02', 'x')`,
  },
  filing_event: {
    ...{ read: homeReaders, write: homeWriters, appendOnly: true, column: 'reason' },
    insert: `insert into filing_event (filing_no, event, to_status, happened_on, actor)
      select '$filing', 'amend', 'effective', '2026-03-02', 'x'`,
  },
  qualification: {
    ...{ read: homeReaders, write: homeWriters, column: 'reason' },
    insert: `insert into qualification (qualification_no, person_no, home_area, county, disease_code, disease_name, status,
      applied_on, version) values ('new', '${personNo(1)}', '430100', '430121', 'M01600', 'd', 'applied', '2026-03-02', 1)`,
  },
  county_mandate: {
    ...{ read: [...prefecture.read, 'county with mandate'], write: prefecture.write, column: 'given_by' },
    insert: `insert into county_mandate (county, prefecture, given_by, given_on) values ('430181', '430100', 'x', '2026-03-02')`,
  },
  filing_agent: {
    ...{ ...prefecture, column: 'name' },
    insert: `insert into filing_agent (agent_id, kind, name, area, appointed_on) values ('new', 'village', 'v', '430100', '2026-03-02')`,
  },
  filing_agent_person: {
    ...{ ...prefecture, column: 'person_no' },
    insert: `insert into filing_agent_person (agent_id, person_no) values ('village-2', '${personNo(1)}')`,
  },
  referral_institution: {
    ...{ read: everybody, write: prefecture.write, column: 'name' },
    insert: `insert into referral_institution (institution_code, name, area, designated_on) values ('H', 'h', '430100', '2026-03-02')`,
  },
  opened_area: {
    ...{ read: everybody, write: prefecture.write, column: 'inpatient' },
    insert: `insert into opened_area (area, inpatient, outpatient, chronic, opened_on) values ('430100', true, true, true, '2026-03-02')
      on conflict do nothing`,
  },
  access_log: {
    ...{ read: prefecture.read, write: ['system'], appendOnly: true, column: 'reason' },
    insert: `insert into access_log (person_no, home_area, kind, actor, agency, reason, happened_at)
      values ('p', '430100', 'reveal', 'a', '430100', 'r', now())`,
  },
  person_file: {
    ...{ read: prefecture.read, write: ['system'], column: 'loaded_by' },
    insert: `insert into person_file (area, loaded_by, loaded_at, total, added, changed, same, refused)
      values ('430100', 'x', now(), 0, 0, 0, 0, 0)`,
  },
  person_file_refusal: {
    ...{ read: prefecture.read, write: ['system'], column: 'reason' },
    insert: `insert into person_file_refusal (file_no, line, person_no, reason) select $file, 3, 'p', 'r'`,
  },
  obligation: {
    ...{ read: prefecture.read, write: prefecture.read, column: 'article' },
    insert: `insert into obligation (kind, owner, owner_area, subject, article, opened_on, due_on, hard, state)
      values ('k', 'o', '430100', 's', 'N9', '2026-03-02', '2026-03-04', true, 'open')`,
  },
};

let service: RestTestService;
let client: pg.Client;
const keys: Record<string, string> = {};

beforeAll(async () => {
  service = await startFiling();
  await service.moveTo('2026-03-02');
  const desk = new Desk(service);
  const as = clerk('430100');
  const body = personBody(1, { homeArea: '430121' });
  await service.call({ method: 'PUT', path: `/persons/${personNo(1)}`, as, body });
  const filed = await desk.filed(personNo(1), 'long-term-resident', '310000', {
    materials: ['credential', 'filing-form', 'commitment'],
  });
  keys['$filing'] = filed.filingNo;
  const asked = { personNo: personNo(1), diseaseCode: 'M03900' };
  await service.call({ method: 'POST', path: '/qualifications', as, body: asked });
  await service.call({ method: 'PUT', path: '/county-mandates/430121', as });
  for (const village of ['village-1', 'village-2'])
    await service.call({ method: 'PUT', path: `/agents/${village}`, as, body: { kind: 'village', name: '示例村' } });
  const personNos = [personNo(1)];
  await service.call({ method: 'PUT', path: '/agents/village-1/persons', as, body: { personNos } });
  const institution = { institutionCode: 'H43010000301', name: '示例医院', area: '430100' };
  await service.call({ method: 'POST', path: '/referral-institutions', as, body: institution });
  await service.call({ method: 'POST', path: `/persons/${personNo(1)}/identity-number`, as, body: { reason: '测试' } });
  client = new pg.Client({ connectionString: service.servers.appUrl, options: '-c search_path=filing' });
  await client.connect();
  await client.query(`set yidi.scope = '*'`);
  await client.query(`insert into opened_area values ('430100', true, true, true, '2026-03-02')`);
  await client.query(walks['person_file']?.insert ?? '');
  const file = await client.query<{ file_no: string }>('select file_no::text from person_file');
  keys['$file'] = file.rows[0]?.file_no ?? '';
  await client.query(`insert into person_file_refusal values (${keys['$file']}, 2, 'p', 'r')`);
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

/** Whether somebody gets through to a row with a verb; whatever was done is undone. */
async function gets(asker: Asker, table: string, verb: Verb, { column, insert }: Walk): Promise<boolean> {
  const sql = {
    select: `select 1 from ${table}`,
    insert: insert.replace(/\$\w+/g, (key) => keys[key] ?? key),
    update: `update ${table} set ${column} = ${column}`,
    delete: `delete from ${table}`,
  }[verb];
  await client.query('begin');
  try {
    await client.query(`select set_config('yidi.scope', $1, true)`, [askers[asker]]);
    const { rowCount } = await client.query(sql);
    return verb === 'insert' || (rowCount ?? 0) > 0;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === '42501' || message.includes('are never changed or removed')) return false;
    if (code === '23503' && verb === 'delete') return true;
    throw error;
  } finally {
    await client.query('rollback');
  }
}

describe('row-level security', () => {
  const pairs = Object.keys(walks).flatMap((table) =>
    (['select', 'insert', 'update', 'delete'] as const).map((verb) => [table, verb] as const),
  );
  it.each(pairs)('[N57 H16] %s: who gets through with %s', async (table, verb) => {
    const walk = walks[table];
    if (walk === undefined) throw new Error(table);
    const allowed = verb === 'select' ? walk.read : verb !== 'insert' && walk.appendOnly === true ? [] : walk.write;
    const through: Asker[] = [];
    for (const asker of everybody) if (await gets(asker, table, verb, walk)) through.push(asker);
    expect(through.sort()).toEqual([...allowed].sort());
  });

  it('[N57] every table of the schema is walked, but for those that hold no rows of an agency', async () => {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'filing' order by 1`,
    );
    const technical = [
      'bus_alarm',
      'bus_count',
      'day_job',
      'dead_letter',
      'inbox',
      'inbox_attempt',
      'migration',
      'outbox',
    ];
    expect(rows.map(({ name }) => name).filter((name) => !technical.includes(name))).toEqual(Object.keys(walks).sort());
  });
});
