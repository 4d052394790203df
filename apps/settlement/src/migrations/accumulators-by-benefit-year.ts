import { SqlMigration } from '#shared/database';

/** Names that accumulators had before the policy-pack language gave them theirs (docs/policy-packs.md section 9). */
const renamed = [
  [`^inpatient\\.admissions\\.any$`, 'count.inpatient'],
  [`^inpatient\\.admissions\\.(L\\w+)$`, 'count.inpatient.\\1'],
  [`^(inpatient|outpatient)\\.deductible$`, 'deductible.\\1'],
  [`^(inpatient|outpatient)\\.deductible\\.(L\\w+)$`, 'deductible.\\1.\\2'],
  [`^inpatient\\.fund$`, 'cap.pool'],
  [`^outpatient\\.fund$`, 'cap.outpatient'],
] as const;
const back = [
  [`^count\\.inpatient$`, 'inpatient.admissions.any'],
  [`^count\\.inpatient\\.(L\\w+)$`, 'inpatient.admissions.\\1'],
  [`^deductible\\.(inpatient|outpatient)$`, '\\1.deductible'],
  [`^deductible\\.(inpatient|outpatient)\\.(L\\w+)$`, '\\1.deductible.\\2'],
  [`^cap\\.pool$`, 'inpatient.fund'],
  [`^cap\\.outpatient$`, 'outpatient.fund'],
] as const;

/** Row-level security binds the owner too. */
const everyRow = `select set_config('yidi.scope', '*', true)`;

type Names = readonly (readonly [string, string])[];
const mapped = (column: string, names: Names): string =>
  names.reduce((sql, [from, to]) => `regexp_replace(${sql}, '${from}', '${to}')`, column);
const renameChanges = (names: Names, source: string): string =>
  `(select coalesce(jsonb_object_agg(${mapped('c.key', names)}, c.value), '{}'::jsonb) from jsonb_each(${source}) as c)`;

/** 累计按待遇年度: what a settlement moved is kept by benefit year, because one stay can belong to two of them (N41). */
export class AccumulatorsByBenefitYear extends SqlMigration {
  readonly name = 'AccumulatorsByBenefitYear1764140000000';
  readonly statements = {
    up: [
      everyRow,
      `update accumulator set name = ${mapped('name', renamed)}`,
      `update home_settlement set changes = jsonb_build_object(benefit_year::text, ${renameChanges(renamed, 'changes')})`,
    ],
    down: [
      everyRow,
      `update home_settlement set changes = ${renameChanges(back, `changes -> benefit_year::text`)}`,
      `update accumulator set name = ${mapped('name', back)}`,
    ],
  };
}
