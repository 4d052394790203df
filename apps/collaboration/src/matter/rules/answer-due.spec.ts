import { describe, expect, it } from '@jest/globals';
import { DatedValues } from '#shared/rules';
import type { MatterType } from '../matter.js';
import { answerDue, confirmDue } from './answer-due.js';

const rules = DatedValues.load('collaboration/matters.yaml');

describe('terms of a matter', () => {
  it.each<[MatterType, string, string]>([
    ['filing', '2026-03-16', '2026-03-18'],
    ['filing', '2026-03-19', '2026-03-23'],
    ['system-failure', '2026-03-16', '2026-03-17'],
    ['system-failure', '2026-03-20', '2026-03-23'],
    ['other', '2026-03-16', '2026-03-30'],
    ['other', '2026-04-30', '2026-05-18'],
  ])('[N59] a matter of type %s of %s is due on %s: 2, 1 or 10 working days', (type, opened, due) => {
    expect(answerDue(type, opened, rules)).toBe(due);
  });

  it('[N59] the asker has ten working days to confirm, over Labour Day as well', () => {
    expect(confirmDue('2026-03-16', rules)).toBe('2026-03-30');
    expect(confirmDue('2026-04-30', rules)).toBe('2026-05-18');
  });
});
