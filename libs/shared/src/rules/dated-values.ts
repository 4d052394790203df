import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '../clock/index.js';
import { rulesDirectory } from './rules-directory.js';

/** One value in force from a day on, with the article it rests on. */
export interface DatedValue {
  readonly value: string | number | boolean;
  readonly from: Day;
  readonly to?: Day;
  readonly article: string;
}

/** A value of a rules file that cannot be used: says which file and what to write instead. */
export class RuleFileError extends Error {}

/**
 * A small rules file: name → versions of a value. Loading refuses a value without article or day, and versions that
 * overlap; asking for a day that no version covers is refused too, because nothing may be guessed.
 */
export class DatedValues {
  private constructor(
    private readonly file: string,
    private readonly values: ReadonlyMap<string, readonly DatedValue[]>,
  ) {}

  static load(file: string, directory = rulesDirectory()): DatedValues {
    const content: unknown = parse(readFileSync(join(directory, file), 'utf8'));
    return DatedValues.of(file, content as Record<string, unknown>);
  }

  static of(file: string, content: Record<string, unknown>): DatedValues {
    const values = new Map<string, readonly DatedValue[]>();
    for (const [name, entry] of Object.entries(content)) {
      const versions = (Array.isArray(entry) ? entry : [entry]) as Partial<DatedValue>[];
      const checked = versions
        .map((version) => checkVersion(file, name, version))
        .sort((a, b) => (a.from < b.from ? -1 : 1));
      checked.forEach((version, index) => {
        const next = checked[index + 1];
        if (next !== undefined && (version.to === undefined || version.to >= next.from)) {
          throw new RuleFileError(
            `${file}: ${name}: versions overlap on ${next.from}; give the earlier one a "to" before that day`,
          );
        }
      });
      values.set(name, checked);
    }
    return new DatedValues(file, values);
  }

  on(name: string, day: Day): DatedValue {
    const found = this.values.get(name)?.find(({ from, to }) => from <= day && (to === undefined || day <= to));
    if (found === undefined) throw new RuleFileError(`${this.file}: no value of ${name} is in force on ${day}`);
    return found;
  }

  /** All versions of a value, earliest first; none where the file has no such value. */
  versionsOf(name: string): readonly DatedValue[] {
    return this.values.get(name) ?? [];
  }

  numberOn(name: string, day: Day): number {
    const { value } = this.on(name, day);
    if (typeof value !== 'number') throw new RuleFileError(`${this.file}: ${name} must be a number`);
    return value;
  }

  textOn(name: string, day: Day): string {
    return String(this.on(name, day).value);
  }
}

function checkVersion(file: string, name: string, version: Partial<DatedValue>): DatedValue {
  const { value, from, to, article } = version;
  if (value === undefined) throw new RuleFileError(`${file}: ${name}: write { value: …, from: …, article: … }`);
  if (article === undefined || article === '')
    throw new RuleFileError(`${file}: ${name}: a legal value needs its article`);
  if (from === undefined) throw new RuleFileError(`${file}: ${name}: say from which day the value is in force`);
  return { value, from, article, ...(to === undefined ? {} : { to }) };
}
