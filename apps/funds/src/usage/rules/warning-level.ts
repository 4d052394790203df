import type { Day } from '#shared/clock';
import { quotient, ratio } from '#shared/money';
import type { Fen, Ratio } from '#shared/money';
import type { DatedValues } from '#shared/rules';

/** 预警级别: green, yellow from 70 %, red from 90 %, both inclusive (N23). */
export type WarningLevel = 'green' | 'yellow' | 'red';

export interface UsageFigure {
  /** Percent with two decimals for people; undefined where there is no prepayment at all. */
  readonly percent: string | undefined;
  readonly level: WarningLevel;
  readonly articles: readonly string[];
}

const severity: Record<WarningLevel, number> = { green: 0, yellow: 1, red: 2 };

/** 使用率 (N23): what was cleared in the month ÷ the prepayment. The level is decided on the exact ratio. */
export function usageOf(clearedFen: Fen, prepaymentFen: Fen, rules: DatedValues, on: Day): UsageFigure {
  const articles = [rules.on('redFrom', on).article];
  if (prepaymentFen === 0n) return { percent: undefined, level: clearedFen > 0n ? 'red' : 'green', articles };
  const usage = quotient(clearedFen, prepaymentFen);
  return { percent: usage.times(100).toFixed(2), level: levelOf(usage, rules, on), articles };
}

function levelOf(usage: Ratio, rules: DatedValues, on: Day, margin = ratio('0')): WarningLevel {
  if (usage.greaterThanOrEqualTo(ratio(rules.textOn('redFrom', on)).minus(margin))) return 'red';
  return usage.greaterThanOrEqualTo(ratio(rules.textOn('yellowFrom', on)).minus(margin)) ? 'yellow' : 'green';
}

export interface Episode {
  /** The level that was last raised and has not ended. */
  readonly level: WarningLevel;
}

export interface EpisodeChange {
  readonly level: WarningLevel;
  /** The level to be announced now, once per level and episode. */
  readonly raise: 'yellow' | 'red' | undefined;
}

/**
 * What a new month's usage does to the running episode: a higher level is announced once; a level ends only when usage
 * has fallen below its threshold by the margin, so the same episode is never announced twice.
 */
export function nextEpisode(
  current: Episode,
  clearedFen: Fen,
  prepaymentFen: Fen,
  rules: DatedValues,
  on: Day,
): EpisodeChange {
  const { level } = usageOf(clearedFen, prepaymentFen, rules, on);
  if (severity[level] > severity[current.level]) return { level, raise: level === 'green' ? undefined : level };
  const held =
    prepaymentFen === 0n
      ? level
      : levelOf(quotient(clearedFen, prepaymentFen), rules, on, ratio(rules.textOn('hysteresis', on)));
  const kept = severity[held] < severity[current.level] ? held : current.level;
  return { level: kept, raise: undefined };
}
