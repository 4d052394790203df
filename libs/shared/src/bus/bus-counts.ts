type Queryable = { query(sql: string, parameters?: unknown[]): Promise<unknown> };

/** Adds to the counts of messages per topic; they live in the database, so a restart does not forget them. */
export async function count(
  runner: Queryable,
  direction: 'published' | 'consumed' | 'dead',
  topics: readonly string[],
): Promise<void> {
  await runner.query(
    `insert into bus_count as c (direction, topic, messages)
     select $1, topic, count(*) from unnest($2::text[]) as topic group by topic order by topic
     on conflict (direction, topic) do update set messages = c.messages + excluded.messages`,
    [direction, topics],
  );
}

export interface BusCounts {
  readonly published: Record<string, number>;
  readonly consumed: Record<string, number>;
  readonly deadLettered: Record<string, number>;
}

export async function readCounts(runner: Queryable): Promise<BusCounts> {
  const found = (await runner.query('select direction, topic, messages from bus_count order by topic')) as {
    direction: string;
    topic: string;
    messages: bigint;
  }[];
  const of = (wanted: string): Record<string, number> =>
    Object.fromEntries(
      found.filter(({ direction }) => direction === wanted).map(({ topic, messages }) => [topic, Number(messages)]),
    );
  return { published: of('published'), consumed: of('consumed'), deadLettered: of('dead') };
}
