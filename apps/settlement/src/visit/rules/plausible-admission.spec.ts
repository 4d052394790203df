import { describe, expect, it } from '@jest/globals';
import { isPlausibleAdmission, isPlausibleQuestion } from './plausible-admission.js';

const today = '2026-03-16';

describe('the day on which a visit begins', () => {
  it.each([
    ['2026-03-16', true],
    ['2026-03-17', false],
    ['2024-03-16', true],
    ['2024-03-15', false],
    ['1999-01-01', false],
  ])('[N34] an admission on %s is plausible: %s', (on, plausible) => {
    expect(isPlausibleAdmission(on, today)).toBe(plausible);
  });

  it.each([
    ['2027-03-16', true],
    ['2027-03-17', false],
    ['2024-03-15', false],
  ])('[N34] a question about %s is plausible: %s', (on, plausible) => {
    expect(isPlausibleQuestion(on, today)).toBe(plausible);
  });
});
