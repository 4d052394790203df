import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDirectory } from '#shared/rules';
import { packDirectory, packTexts } from '../../apps/settlement/src/policy/policy-packs.js';
import { readCases } from './case-file.js';
import type { BenefitCase, CaseBill } from './case-file.js';

const directory = join(rulesDirectory(), 'cases');
const files = readdirSync(directory).map((name) => ({
  name,
  cases: readCases(name, readFileSync(join(directory, name), 'utf8')),
}));
const cases = files.flatMap((file) => file.cases);
const of = (name: string): BenefitCase[] => files.find((file) => file.name === name)?.cases ?? [];
const packIds = [...packTexts(packDirectory()).keys()].map((file) => file.replace(/\.yaml$/, ''));

/** The whole split is expected: what the funds pay and what is left to the person. */
const isWhole = ({ expect: expected }: CaseBill): boolean =>
  expected !== undefined &&
  (expected.fund ?? expected.funds ?? expected.layers) !== undefined &&
  (expected.cash !== undefined || Object.keys(expected.personal ?? {}).length > 1);

/** Under the pack itself, or under one that fills in what its source leaves open. */
const names = ({ pack }: BenefitCase, id: string): boolean =>
  pack?.some((place) => [place.scalar, place.get('extends')?.scalar].includes(id)) === true;

describe('the cases of the tree, counted', () => {
  it('[N31] the thirteen published ones, the month, and at least a hundred more', () => {
    expect(of('worked-examples.yaml').length).toBeGreaterThanOrEqual(13);
    expect(of('month.yaml').length).toBeGreaterThan(0);
    const more = files.filter(({ name }) => !['worked-examples.yaml', 'month.yaml'].includes(name));
    expect(more.flatMap((file) => file.cases).length).toBeGreaterThanOrEqual(100);
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each([...'ABCDEFGHIJKLMN'])('[N31 H20] mechanism %s has its boundary in pairs', (letter) => {
    const own = cases.filter(({ id }) => id.startsWith(`MECH-${letter}-`));
    const bills = own.flatMap((one) => one.bills ?? []);
    expect(own.length).toBeGreaterThan(0);
    expect(bills.filter(({ expect: expected }) => expected !== undefined).length).toBeGreaterThanOrEqual(2);
    expect(own.filter(({ steps }) => steps === undefined).map(({ id }) => id)).toEqual([]);
  });

  it.each(packIds)('[N64 H86] pack %s has at least two whole bills worked by hand, with the steps', (id) => {
    const whole = cases.filter((one) => names(one, id) && one.steps !== undefined).flatMap((one) => one.bills ?? []);
    expect(whole.filter(isWhole).length).toBeGreaterThanOrEqual(2);
  });
});
