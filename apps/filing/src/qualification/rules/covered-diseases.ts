import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';

export interface Disease {
  readonly code: string;
  readonly name: string;
}

const read = (text: string): Disease[] =>
  text
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [code = '', name = ''] = entry.split(':');
      return { code, name };
    });

/** 门诊慢特病跨区域直接结算病种 (P2.1 H18): the nation's diseases of the day and the home area's own. */
export const coveredDiseases = (rules: ValueSource, on: Day): Disease[] => [
  ...read(rules.textOn('chronicDiseases', on)),
  ...read(rules.textOn('ownChronicDiseases', on)),
];
