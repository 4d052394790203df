import { amount, factor, list, maybe, needed, points, shape, text, unitRatio, whole, word } from './fields.js';
import type { Field, Read } from './fields.js';
import { institutionLevels, personalParts } from './policy-pack.js';
import type {
  Adjustment,
  CapClause,
  Clause,
  CrossRule,
  DeductibleClause,
  FloorClause,
  HospitalClause,
  ItemClause,
  RatioClause,
  Repeat,
  ShareOfTotal,
  Step,
  Trust,
  When,
} from './policy-pack.js';
import type { Place } from './pack-text.js';
import { knownAre, readAges } from './tree-field.js';
import type { TreeFields } from './tree-field.js';
import { dimensions, goesBy } from './tree.js';
import type { Tree } from './tree.js';

/** The words of a pack below the level of the file: docs/policy-packs.md sections 4 to 7. */
export interface PackContext {
  readonly pack: string;
  /** Why nobody should rely on any clause of the pack yet. */
  readonly unconfirmed?: string;
  readonly sources: ReadonlyMap<string, Trust>;
  readonly trees: TreeFields;
}

const reading = { clause: needed(text), source: needed(text), unconfirmed: maybe(text) };

/** Turns what was read into what the engine uses; undefined goes through. */
export const converted = <T, R>(field: Field<T>, convert: (value: T, place: Place) => R | undefined): Field<R> => ({
  schema: field.schema,
  read(place) {
    const read = field.read(place);
    return read === undefined ? undefined : convert(read, place);
  },
});

export const openEnd = <T extends object, K extends keyof T & string>(value: T, key: K): Partial<Pick<T, K>> =>
  (value[key] === undefined ? {} : { [key]: value[key] }) as Partial<Pick<T, K>>;

export class ClauseFields {
  constructor(private readonly context: PackContext) {}

  clauseOf(read: { clause: string; source: string; unconfirmed?: string }, place: Place): Clause {
    const trust = this.context.sources.get(read.source);
    if (trust === undefined) place.problem(`"${read.source}" is not among the sources of this pack`);
    return {
      pack: this.context.pack,
      clause: read.clause,
      source: read.source,
      trust: trust ?? 'D',
      ...openEnd(this.context, 'unconfirmed'),
      ...openEnd(read, 'unconfirmed'),
    };
  }

  get when(): Field<When> {
    const known = dimensions.filter((one) => one !== 'disease');
    const values = list(text, 1);
    const schema = { type: 'object', propertyNames: { enum: known }, additionalProperties: values.schema };
    return {
      schema,
      read: (place) => {
        if (!place.isMap) place.problem('write a map of lists, for example { category: [retired] }');
        return place.entries().flatMap(([name, value]): When => {
          const dimension = known.find((one) => one === name);
          const given = values.read(value) ?? [];
          if (dimension === undefined) {
            value.problem(`unknown dimension for "when"; known are ${known.join(', ')}`);
            return [];
          }
          if (dimension === 'age') return [{ dimension, ages: given.flatMap((one) => readAges(one, value)) }];
          const domain = this.context.trees.domainOf(dimension);
          for (const one of given)
            if (domain?.includes(one) === false)
              value.problem(`"${one}" is no ${name} here; ${knownAre(dimension, domain)}`);
          return [{ dimension, values: given }];
        });
      },
    };
  }

  get adjustment(): Field<Adjustment> {
    const byPoints = shape({ when: needed(this.when), points: needed(points) });
    const byFactor = shape({ when: needed(this.when), coPayFactor: needed(factor) });
    const byAge = shape({
      fromAge: needed(whole),
      everyYears: needed(whole),
      points: needed(points),
      fullFromAge: needed(whole),
    });
    return {
      schema: { anyOf: [byPoints.schema, byFactor.schema, byAge.schema] },
      read: (place) => {
        if (place.get('fromAge') !== undefined) {
          const read = byAge.read(place);
          if (read?.everyYears === 0) place.problem('"everyYears" must be at least 1');
          return read === undefined ? undefined : { kind: 'age', ...read };
        }
        if (place.get('coPayFactor') !== undefined) {
          const read = byFactor.read(place);
          return read === undefined ? undefined : { kind: 'co-pay-factor', when: read.when, factor: read.coPayFactor };
        }
        const read = byPoints.read(place);
        return read === undefined ? undefined : { kind: 'points', ...read };
      },
    };
  }

  get steps(): Field<Step[]> {
    const step = shape({ to: maybe(amount), ratio: needed(this.context.trees.of(unitRatio)) });
    return converted(list(step, 1), (steps, place) => {
      steps.forEach(({ to }, index) => {
        const before = steps[index - 1]?.to ?? 0n;
        if (to === undefined ? index < steps.length - 1 : index === steps.length - 1)
          place.problem('every step but the last one has "to"; the last one has none');
        else if (to !== undefined && to <= before) place.problem(`the steps must rise; step ${index + 1} does not`);
      });
      return steps.map(({ to, ratio: tree }) => ({ toFen: to ?? null, ratio: tree }));
    });
  }

  get deductible(): Field<DeductibleClause & { counterGiven: boolean }> {
    const { trees } = this.context;
    const share = converted(
      shape({ share: needed(unitRatio), min: needed(amount), max: needed(amount) }),
      ({ share: ratioOfTotal, min, max }, place): ShareOfTotal => {
        if (max < min) place.problem('"max" is below "min"');
        return { share: ratioOfTotal, minFen: min, maxFen: max };
      },
    );
    const amountOrShare: Field<bigint | ShareOfTotal> = {
      schema: { anyOf: [amount.schema, share.schema] },
      read: (place) => (place.isMap ? share.read(place) : amount.read(place)),
    };
    const fields = shape({
      ...reading,
      per: needed(word('admission', 'visit', 'month', 'year', 'none')),
      amount: maybe(trees.of(amountOrShare)),
      times: maybe(trees.of(factor)),
      repeat: maybe(this.repeat),
      everyDays: maybe(whole),
      yearlyMax: maybe(trees.orNone(amount)),
      yearlyMaxByLevel: maybe(trees.orNone(amount)),
      counter: maybe(text),
    });
    return converted(fields, (read, place) => {
      if ((read.per === 'none') === (read.amount !== undefined))
        place.problem(read.per === 'none' ? '"per: none" has no amount' : '"amount" is missing');
      if (read.per !== 'admission' && (read.repeat !== undefined || read.everyDays !== undefined))
        place.problem('"repeat" and "everyDays" go with "per: admission" only');
      if (read.everyDays === 0) place.problem('"everyDays" must be at least 1');
      return {
        ...read,
        clause: this.clauseOf(read, place),
        counter: read.counter ?? '',
        counterGiven: read.counter !== undefined,
      };
    });
  }

  private get repeat(): Field<Repeat> {
    const { trees } = this.context;
    const counts = { counts: needed(word('same-level', 'any-level')) };
    const byFactor = shape({ ...counts, factor: needed(trees.of(factor)) });
    const byAmount = shape({ ...counts, amount: needed(trees.of(amount)) });
    const byLess = shape({
      ...counts,
      less: needed(unitRatio),
      of: needed(word('first', 'previous')),
      floor: needed(trees.of(amount)),
    });
    return {
      schema: { anyOf: [byFactor.schema, byAmount.schema, byLess.schema] },
      read: (place) => {
        const kind = place.get('less') !== undefined ? 'less' : place.get('amount') !== undefined ? 'amount' : 'factor';
        const read = { less: byLess, amount: byAmount, factor: byFactor }[kind].read(place) as
          Read<{ counts: { field: Field<string> } }> | undefined;
        return read === undefined
          ? undefined
          : ({ ...read, kind, sameLevel: read.counts === 'same-level' } as unknown as Repeat);
      },
    };
  }

  get ratio(): Field<RatioClause> {
    const bands = shape({
      axis: needed(word('in-scope', 'base')),
      over: needed(word('bill', 'year')),
      steps: needed(this.steps),
    });
    const fields = shape({
      ...reading,
      value: maybe(this.context.trees.of(unitRatio)),
      bands: maybe(bands),
      adjust: maybe(list(this.adjustment)),
    });
    return converted(fields, (read, place) => {
      if ((read.value === undefined) === (read.bands === undefined)) place.problem('write either "value" or "bands"');
      const single = [{ toFen: null, ratio: read.value ?? { open: true as const } }];
      return {
        clause: this.clauseOf(read, place),
        banded: read.bands !== undefined,
        axis: read.bands?.axis ?? 'base',
        over: read.bands?.over ?? 'bill',
        steps: read.bands?.steps ?? single,
        adjust: read.adjust ?? [],
      };
    });
  }

  get cap(): Field<CapClause> {
    const mainPlus = converted(shape({ mainPlus: needed(amount) }), (read) => ({ mainPlusFen: read.mainPlus }));
    const plain = word('highest', 'sum');
    const several: Field<'highest' | 'sum' | { mainPlusFen: bigint }> = {
      schema: { anyOf: [plain.schema, mainPlus.schema] },
      read: (place) => (place.isMap ? mainPlus.read(place) : plain.read(place)),
    };
    const fields = shape({
      ...reading,
      name: needed(text),
      kind: needed(word('fund', 'cost')),
      per: needed(word('bill', 'month', 'year')),
      amount: needed(this.context.trees.ofCeilings.orNone(amount)),
      several: maybe(several),
    });
    return converted(fields, (read, place) => {
      if (goesBy(read.amount, 'disease') !== (read.several !== undefined))
        place.problem('"several" and an amount by disease go together: what may a bill of several diseases use');
      return { ...read, clause: this.clauseOf(read, place) };
    });
  }

  get floor(): Field<FloorClause> {
    const fields = shape({
      ...reading,
      of: needed(word('in-scope', 'total')),
      ratio: needed(this.context.trees.orNone(unitRatio)),
    });
    return converted(fields, (read, place) => ({ of: read.of, ratio: read.ratio, clause: this.clauseOf(read, place) }));
  }

  get item(): Field<ItemClause> {
    const fields = shape({ ...reading, item: needed(text), selfPay: needed(this.context.trees.of(unitRatio)) });
    return converted(fields, (read, place) => ({
      item: read.item,
      selfPay: read.selfPay,
      clause: this.clauseOf(read, place),
    }));
  }

  get crossRegion(): Field<{ clause: Clause; rule: Tree<CrossRule> }> {
    const adjustments = converted(
      shape({
        minusPoints: maybe(points),
        factor: maybe(factor),
        firstPay: maybe(unitRatio),
        asLevel: maybe(word(...institutionLevels)),
      }),
      (read): CrossRule => ({
        paysNothing: false,
        ...(read.minusPoints === undefined ? {} : { points: read.minusPoints }),
        ...openEnd(read, 'factor'),
        ...openEnd(read, 'firstPay'),
        ...openEnd(read, 'asLevel'),
      }),
    );
    const rule: Field<CrossRule> = {
      schema: { anyOf: [{ enum: ['keep', 'nothing'] }, adjustments.schema] },
      read: (place) => {
        if (place.scalar === 'keep') return { paysNothing: false };
        if (place.scalar === 'nothing') return { paysNothing: true };
        return adjustments.read(place);
      },
    };
    const fields = shape({ ...reading, rule: needed(this.context.trees.of(rule)) });
    return converted(fields, (read, place) => ({ rule: read.rule, clause: this.clauseOf(read, place) }));
  }

  get hospital(): Field<HospitalClause> {
    const fields = shape({
      ...reading,
      of: needed(word(...personalParts)),
      ratio: needed(this.context.trees.of(unitRatio)),
    });
    return converted(fields, (read, place) => ({ of: read.of, ratio: read.ratio, clause: this.clauseOf(read, place) }));
  }
}
