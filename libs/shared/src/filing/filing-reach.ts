import type { Day } from '../clock/index.js';
import { AreaValues, RuleFileError } from '../rules/index.js';
import type { Reach } from './covers.js';

const file = 'filing/reach.yaml';
let values: AreaValues | undefined;

/** 备案覆盖范围 (N11 H15): how far filings of a home area reach on a day. */
export function filingReach(homeArea: string, on: Day): Reach {
  values ??= AreaValues.load(file);
  const reach = values.of(homeArea).textOn('filingReach', on);
  if (reach === 'destination' || reach === 'province') return reach;
  throw new RuleFileError(`${file}: filingReach must be destination or province, not ${reach.slice(0, 20)}`);
}
