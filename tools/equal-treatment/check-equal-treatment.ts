import { findElsewhere } from './find-elsewhere.js';
import type { ElsewherePlace } from './find-elsewhere.js';

/** A file that may ask, because an article makes the difference that it makes. */
export interface AllowedFile {
  readonly file: string;
  readonly article: string;
  readonly why: string;
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/**
 * 同等管理 (N52 H70 P3.5): local and foreign patients are treated alike in audit, budget, payment and records. What asks where
 * somebody is from and is not on the list is a problem, and so is an entry that nothing needs or whose article nobody knows.
 */
export function checkEqualTreatment(
  sources: readonly SourceText[],
  allowed: readonly AllowedFile[],
  articles: ReadonlySet<string>,
): string[] {
  const places = sources.flatMap(({ file, text }) => findElsewhere(file, text));
  const asking = new Set(places.map(({ file }) => file));
  const may = new Set(allowed.map(({ file }) => file));
  return [
    ...places.filter(({ file }) => !may.has(file)).map(problem),
    ...allowed
      .filter(({ file }) => !asking.has(file))
      .map(({ file }) => `${file} is allowed to ask where a patient is from and does not: take it off the list`),
    ...allowed
      .filter(({ article, why }) => why.trim() === '' || article.split(' ').some((one) => !articles.has(one)))
      .map(({ file, article }) => `${file}: "${article}" is no article of the requirements, or the reason is missing`),
  ];
}

const problem = ({ file, line, code }: ElsewherePlace): string =>
  `${file}:${line} asks where a patient is from: ${code}`;
