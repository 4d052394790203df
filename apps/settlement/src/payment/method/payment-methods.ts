import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '#shared/clock';
import { parseYuan, ratio } from '#shared/money';
import { AreaValues, RuleFileError, rulesDirectory } from '#shared/rules';
import { institutionLevels } from '../../policy/policy-pack.js';
import type { InstitutionLevel } from '../../policy/policy-pack.js';
import { ByGroup } from './by-group.js';
import type { GroupTable } from './by-group.js';
import { ByItem } from './by-item.js';
import type { PaymentMethod } from './payment-method.js';

interface WrittenTable {
  readonly from: Day;
  readonly to?: Day;
  readonly article: string;
  readonly rate: Readonly<Partial<Record<InstitutionLevel, string>>>;
  readonly outlierTimes: string;
  readonly groups: readonly { code: string; name: string; diagnoses: string[]; weight: string }[];
}

/** A table of groups as it is written under rules/settlement/. */
export function readGroups(file: string): ByGroup {
  const written = parse(readFileSync(join(rulesDirectory(), 'settlement', file), 'utf8')) as WrittenTable[];
  return new ByGroup(written.map((table) => readTable(file, table)));
}

function readTable(file: string, { from, to, article, rate, outlierTimes, groups }: WrittenTable): GroupTable {
  const missing = institutionLevels.filter((level) => rate[level] === undefined);
  if (missing.length > 0) throw new RuleFileError(`${file}: no rate for ${missing.join(', ')}`);
  if (article === '') throw new RuleFileError(`${file}: the table of ${from} needs an article`);
  const rates = institutionLevels.map((level) => [level, parseYuan(rate[level] ?? '0')]);
  return {
    ...{ from, ...(to === undefined ? {} : { to }), article, outlierTimes: ratio(outlierTimes) },
    rateFen: Object.fromEntries(rates) as GroupTable['rateFen'],
    groups: groups.map(({ weight, ...group }) => ({ ...group, weight: ratio(weight) })),
  };
}

/** 支付方式 by treatment area, kind of visit and day; outpatients are paid by item. */
export class PaymentMethods {
  private readonly byItem = new ByItem();
  private readonly groups = new Map<string, ByGroup>();

  constructor(private readonly values: AreaValues) {}

  static load(): PaymentMethods {
    return new PaymentMethods(AreaValues.load('settlement/payment-methods.yaml'));
  }

  of(treatmentArea: string, setting: string, on: Day): PaymentMethod {
    const values = this.values.of(treatmentArea);
    if (setting !== 'inpatient' || values.textOn('inpatientMethod', on) !== 'by-group') return this.byItem;
    const file = values.textOn('paymentGroups', on);
    const known = this.groups.get(file) ?? readGroups(file);
    this.groups.set(file, known);
    return known;
  }
}
