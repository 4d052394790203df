import { createHash } from 'node:crypto';
import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import { poolOf, provinceOf } from '#shared/regions';
import type { CatalogueItem, ItemVersion } from './catalogue-item.js';

export interface SavedVersions {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
}

const limitsText = ({ levelLimits }: CatalogueItem): string =>
  JSON.stringify(Object.fromEntries(Object.entries(levelLimits).map(([level, fen]) => [level, fen.toString()])));

function contentHash({ item, to }: ItemVersion): string {
  const { name, category, class: level, firstPayRatio, priceLimitFen, diseases } = item;
  const content = [
    name,
    category,
    level,
    firstPayRatio,
    priceLimitFen?.toString() ?? '',
    limitsText(item),
    diseases,
    to,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/**
 * A new version ends the one before it on the day before, and itself ends before the next one that is known already; the
 * same version again replaces itself, or changes nothing where nothing is new in it. So on no day two versions are in
 * force. Each item once in a call.
 */
export async function saveVersions(
  tx: Transaction,
  area: string,
  versions: readonly ItemVersion[],
): Promise<SavedVersions> {
  const known = await rows<{ code: string; hash: string }>(
    tx,
    `select code, content_hash as hash from catalogue_item join unnest($2::text[], $3::date[]) as g (code, from_day) using (code, from_day)
     where area = $1`,
    [area, versions.map(({ item }) => item.code), versions.map(({ from }) => from)],
  );
  const hashes = new Map(known.map(({ code, hash }) => [code, hash]));
  const fresh = versions
    .map((version) => ({ ...version, hash: contentHash(version) }))
    .filter(({ item, hash }) => hashes.get(item.code) !== hash);
  if (fresh.length > 0) await write(tx, area, fresh);
  const changed = fresh.filter(({ item }) => hashes.has(item.code)).length;
  return { added: fresh.length - changed, changed, same: versions.length - fresh.length };
}

async function write(
  tx: Transaction,
  area: string,
  versions: readonly (ItemVersion & { hash: string })[],
): Promise<void> {
  const codes = versions.map(({ item }) => item.code);
  const days = versions.map(({ from }) => from);
  await tx.query(
    `update catalogue_item c set to_day = g.from_day - 1 from unnest($2::text[], $3::date[]) as g (code, from_day)
     where c.area = $1 and c.code = g.code and c.from_day < g.from_day and (c.to_day is null or c.to_day >= g.from_day)`,
    [area, codes, days],
  );
  const items = versions.map(({ item }) => item);
  await tx.query(
    `insert into catalogue_item as c (area, code, from_day, to_day, name, category, class, first_pay_ratio, price_limit_fen,
       level_limits, diseases, content_hash)
     select $1, g.code, g.from_day,
            least(g.to_day, (select min(n.from_day) - 1 from catalogue_item n
                             where n.area = $1 and n.code = g.code and n.from_day > g.from_day)),
            g.name, g.category, g.class, g.ratio, g.limit_fen, g.limits::jsonb, string_to_array(g.diseases, ' '), g.hash
     from unnest($2::text[], $3::date[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
                 $10::text[], $11::text[], $12::text[])
       as g (code, from_day, to_day, name, category, class, ratio, limit_fen, limits, diseases, hash)
     on conflict (area, code, from_day) do update set to_day = excluded.to_day, name = excluded.name,
       category = excluded.category, class = excluded.class, first_pay_ratio = excluded.first_pay_ratio,
       price_limit_fen = excluded.price_limit_fen, level_limits = excluded.level_limits, diseases = excluded.diseases,
       content_hash = excluded.content_hash`,
    [
      ...[area, codes, days, versions.map(({ to }) => to), items.map(({ name }) => name)],
      ...[items.map(({ category }) => category), items.map((item) => item.class)],
      ...[items.map(({ firstPayRatio }) => firstPayRatio), items.map(({ priceLimitFen }) => priceLimitFen)],
      ...[items.map(limitsText), items.map(({ diseases }) => diseases.join(' ')), versions.map(({ hash }) => hash)],
    ],
  );
}

type Row = Omit<CatalogueItem, 'levelLimits'> & { readonly levelLimits: Readonly<Record<string, string>> };

const columns = `code, name, category, class, first_pay_ratio as "firstPayRatio", price_limit_fen as "priceLimitFen",
  level_limits as "levelLimits", diseases`;

const fromRow = <R extends Row>(row: R) => ({
  ...row,
  levelLimits: Object.fromEntries(Object.entries(row.levelLimits).map(([level, fen]) => [level, BigInt(fen)])),
});

/** 目录的适用区划: the area's own items stand before those of its pool, these before what is uniform in the province (H18). */
export const catalogueAreas = (area: string): string[] => [...new Set([area, poolOf(area), provinceOf(area)])];

export async function findItems(
  tx: Transaction,
  area: string,
  codes: readonly string[],
  on: Day,
): Promise<Map<string, CatalogueItem>> {
  const found = await rows<Row>(
    tx,
    `select distinct on (code) ${columns} from catalogue_item
     where area = any($1) and code = any($2) and from_day <= $3 and (to_day is null or $3 <= to_day)
     order by code, array_position($1, area)`,
    [catalogueAreas(area), codes, on],
  );
  return new Map(found.map((row) => [row.code, fromRow(row)]));
}

/** Which of the diseases the place has a scope of payment for on a day (N31). */
export async function diseasesWithScope(
  tx: Transaction,
  area: string,
  diseases: readonly string[],
  on: Day,
): Promise<Set<string>> {
  const found = await rows<{ disease: string }>(
    tx,
    `select d.disease from unnest($2::text[]) as d (disease) where exists (
       select 1 from catalogue_item where area = any($1) and diseases @> array[d.disease]
         and from_day <= $3 and (to_day is null or $3 <= to_day))`,
    [catalogueAreas(area), diseases, on],
  );
  return new Set(found.map(({ disease }) => disease));
}

/** Which of some areas have a catalogue on a day. */
export const areasWithCatalogue = async (tx: Transaction, areas: readonly string[], on: Day): Promise<string[]> => {
  const found = await rows<{ area: string }>(
    tx,
    `select a.area from unnest($1::text[]) as a (area) where exists (
       select 1 from catalogue_item c where c.area = a.area and c.from_day <= $2 and (c.to_day is null or $2 <= c.to_day))`,
    [areas, on],
  );
  return found.map(({ area }) => area);
};

export interface StoredItem extends CatalogueItem {
  readonly from: Day;
  readonly to: Day | null;
}

export interface CatalogueQuestion {
  readonly area: string;
  readonly on: Day;
  readonly code: string | null;
  readonly name: string | null;
  readonly category: string | null;
  readonly class: string | null;
  readonly limitedOnly: boolean;
  readonly offset: number;
  readonly size: number;
}

export interface CataloguePage {
  readonly items: StoredItem[];
  readonly total: number;
}

/** 目录查询: the items in force on a day, one page of them, and how many there are. */
export async function pageOfCatalogue(tx: Transaction, wanted: CatalogueQuestion): Promise<CataloguePage> {
  const inForce = `select distinct on (code) ${columns}, from_day as "from", to_day as "to" from catalogue_item
    where area = any($1) and from_day <= $2 and (to_day is null or $2 <= to_day) and ($3::text is null or code = $3)
    order by code, array_position($1, area)`;
  const conditions = `($4::text is null or position($4 in name) > 0) and ($5::text is null or category = $5)
    and ($6::text is null or class = $6) and (not $7 or "priceLimitFen" is not null or "levelLimits" <> '{}')`;
  const parameters = [
    ...[catalogueAreas(wanted.area), wanted.on, wanted.code, wanted.name, wanted.category, wanted.class],
    wanted.limitedOnly,
  ];
  const [counted] = await rows<{ n: number }>(
    tx,
    `select count(*)::int as n from (${inForce}) as c where ${conditions}`,
    parameters,
  );
  const items = await rows<Row & { from: Day; to: Day | null }>(
    tx,
    `select * from (${inForce}) as c where ${conditions} order by code offset $8 limit $9`,
    [...parameters, wanted.offset, wanted.size],
  );
  return { items: items.map(fromRow), total: counted?.n ?? 0 };
}
