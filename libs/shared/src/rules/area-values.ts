import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '../clock/index.js';
import { poolOf, provinceOf } from '../regions/index.js';
import { DatedValues, RuleFileError } from './dated-values.js';
import type { DatedValue } from './dated-values.js';
import { rulesDirectory } from './rules-directory.js';

/** The values that hold for one area, by name and day. */
export interface ValueSource {
  on(name: string, day: Day): DatedValue;
  numberOn(name: string, day: Day): number;
  textOn(name: string, day: Day): string;
}

/**
 * A rules file in layers: an area's own value stands before its province's, that before the nation's. The keys of the
 * file are `nation` and area codes; what stands beneath each is a file of dated values.
 */
export class AreaValues {
  private constructor(
    private readonly file: string,
    private readonly layers: ReadonlyMap<string, { names: ReadonlySet<string>; values: DatedValues }>,
  ) {}

  static load(file: string, directory = rulesDirectory()): AreaValues {
    return AreaValues.of(file, parse(readFileSync(join(directory, file), 'utf8')) as AreaFile);
  }

  static of(file: string, content: AreaFile): AreaValues {
    const layers = Object.entries(content).map(
      ([area, values]) =>
        [area, { names: new Set(Object.keys(values)), values: DatedValues.of(`${file} ${area}`, values) }] as const,
    );
    return new AreaValues(file, new Map(layers));
  }

  on(name: string, area: string, day: Day): DatedValue {
    return this.layerOf(name, area).on(name, day);
  }

  /** The values as one area has them. */
  of(area: string): ValueSource {
    return {
      on: (name, day) => this.on(name, area, day),
      numberOn: (name, day) => this.layerOf(name, area).numberOn(name, day),
      textOn: (name, day) => this.layerOf(name, area).textOn(name, day),
    };
  }

  /** Every version of a value that any layer has, for checks that hold for all of them. */
  versionsOf(name: string): { area: string; version: DatedValue }[] {
    return [...this.layers].flatMap(([area, { values }]) =>
      values.versionsOf(name).map((version) => ({ area, version })),
    );
  }

  private layerOf(name: string, area: string): DatedValues {
    for (const layer of [poolOf(area), provinceOf(area), 'nation']) {
      const found = this.layers.get(layer);
      if (found?.names.has(name) === true) return found.values;
    }
    throw new RuleFileError(`${this.file}: nobody gives a value of ${name} for ${area}`);
  }
}

type AreaFile = Record<string, Record<string, unknown>>;
