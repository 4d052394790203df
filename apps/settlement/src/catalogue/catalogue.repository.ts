import type { Day } from '#shared/clock';
import { rows } from '#shared/database';
import type { Transaction } from '#shared/database';
import type { Fen } from '#shared/money';
import type { CatalogueTerms } from '../scope/scope.js';

/** 目录项目 of a treatment place, in force from a day on. */
export interface CatalogueItem extends CatalogueTerms {
  readonly code: string;
  readonly name: string;
  /** 医疗收费项目类别, 01 to 14. */
  readonly category: string;
  readonly priceLimitFen: Fen | null;
}

/**
 * A new version ends the one before it on the day before, and itself ends before the next one that is known already;
 * the same version again replaces itself. So on no day two versions are in force.
 */
export async function saveItems(
  tx: Transaction,
  area: string,
  from: Day,
  items: readonly CatalogueItem[],
): Promise<void> {
  const codes = items.map(({ code }) => code);
  await tx.query(
    `update catalogue_item set to_day = $3::date - 1 where area = $1 and code = any($2) and from_day < $3 and (to_day is null or to_day >= $3)`,
    [area, codes, from],
  );
  await tx.query(
    `insert into catalogue_item as c (area, from_day, to_day, code, name, category, class, first_pay_ratio, price_limit_fen)
     select $1, $2::date,
            (select min(n.from_day) - 1 from catalogue_item n where n.area = $1 and n.code = given.code and n.from_day > $2::date),
            given.*
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
       as given (code, name, category, class, first_pay_ratio, price_limit_fen)
     on conflict (area, code, from_day) do update set name = excluded.name, category = excluded.category,
       class = excluded.class, first_pay_ratio = excluded.first_pay_ratio, price_limit_fen = excluded.price_limit_fen`,
    [
      ...[area, from, codes, items.map(({ name }) => name), items.map(({ category }) => category)],
      items.map((item) => item.class),
      items.map(({ firstPayRatio }) => firstPayRatio),
      items.map(({ priceLimitFen }) => priceLimitFen),
    ],
  );
}

export async function findItems(
  tx: Transaction,
  area: string,
  codes: readonly string[],
  on: Day,
): Promise<Map<string, CatalogueItem>> {
  const found = await rows<CatalogueItem>(
    tx,
    `select code, name, category, class, first_pay_ratio as "firstPayRatio", price_limit_fen as "priceLimitFen"
     from catalogue_item where area = $1 and code = any($2) and from_day <= $3 and (to_day is null or $3 <= to_day)`,
    [area, codes, on],
  );
  return new Map(found.map((item) => [item.code, item]));
}

/** Which of some areas have a catalogue on a day. */
export const catalogueAreas = async (tx: Transaction, areas: readonly string[], on: Day): Promise<string[]> => {
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
  const conditions = `area = $1 and from_day <= $2 and (to_day is null or $2 <= to_day) and ($3::text is null or code = $3)
    and ($4::text is null or position($4 in name) > 0) and ($5::text is null or category = $5) and ($6::text is null or class = $6)
    and (not $7 or price_limit_fen is not null)`;
  const parameters = [
    ...[wanted.area, wanted.on, wanted.code, wanted.name, wanted.category, wanted.class],
    wanted.limitedOnly,
  ];
  const [counted] = await rows<{ n: number }>(
    tx,
    `select count(*)::int as n from catalogue_item where ${conditions}`,
    parameters,
  );
  const items = await rows<StoredItem>(
    tx,
    `select code, name, category, class, first_pay_ratio as "firstPayRatio", price_limit_fen as "priceLimitFen",
            from_day as "from", to_day as "to"
     from catalogue_item where ${conditions} order by code offset $8 limit $9`,
    [...parameters, wanted.offset, wanted.size],
  );
  return { items, total: counted?.n ?? 0 };
}
