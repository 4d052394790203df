import { describe, expect, it } from '@jest/globals';
import { checkEqualTreatment } from './check-equal-treatment.js';
import { findElsewhere } from './find-elsewhere.js';

const file = 'apps/settlement/src/declaration/audit-declaration.ts';
const articles = new Set(['N31', 'H20', 'N52']);
const problems = (text: string, allowed: { file: string; article: string; why: string }[] = []) =>
  checkEqualTreatment([{ file, text }], allowed, articles);

describe('no rule keys on a patient being from elsewhere', () => {
  it.each([
    ['two areas compared', 'if (visit.homeArea !== visit.treatmentArea) deduct(line);'],
    ['the institution’s area', 'const foreign = settlement.homeArea !== institution.area;'],
    ['two pools', 'return samePool(one.homeArea, one.treatmentArea) ? rules : stricter;'],
    ['two provinces', 'const far = !sameProvince(home, area);'],
    ['the route', "if (settlement.route !== 'none') budgetFen -= amountFen;"],
    ['a switch on the route', "switch (bill.route) { case 'other': break; }"],
    ['a table by route', 'const factor = factors[settlement.route];'],
    ['a list of routes', 'if (watched.includes(settlement.route)) flag(line);'],
    ['the place as home sees it', "const isFar = facts.where === 'outside';"],
    ['SQL on areas', 'await rows(tx, `select 1 from settlement s where s.home_area <> s.treatment_area`);'],
    [
      'SQL on the route of a row',
      'await rows(tx, `select 1 from settlement s where total_fen > 0 and s.route in ($1)`);',
    ],
    ['SQL on the route', "await rows(tx, `select 1 from settlement where route <> 'none'`);"],
  ])('[N52 H70 P3.5] %s is found: %s', (_, text) => {
    expect(findElsewhere(file, `export const x = 1;\n${text}`)).toEqual([{ file, line: 2, code: text.slice(0, 120) }]);
    expect(problems(text)).toEqual([expect.stringContaining(`${file}:1 asks where a patient is from`)]);
  });

  it.each([
    'const isKnown = known.homeArea !== person.homeArea;',
    'if (!samePool(statedHomeArea, person.homeArea)) refuse();',
    'if (declaration.treatmentArea === caller.agency) audit();',
    'const text = `insert into settlement (home_area, treatment_area, route) values ($1, $2, $3)`;',
    'const text = `update one set discharged_on = $2, route = $3 where id = $1`;',
    "server.addHook('onRequest', (route) => route.path === '/x');",
    'const split = splitLine(amountFen, quantity, item);',
  ])('[N52 H70] what asks something else passes: %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it('[N52 H70] an allowed file needs its article and its reason, and must still need the permission', () => {
    const asks = 'if (samePool(homeArea, treatmentArea)) keep();';
    const entry = { file, article: 'N31 H20', why: 'the home policy' };
    expect(problems(asks, [entry])).toEqual([]);
    expect(problems('keep();', [entry])).toEqual([expect.stringContaining('take it off the list')]);
    expect(problems(asks, [{ ...entry, article: 'N99' }])).toEqual([expect.stringContaining('"N99" is no article')]);
    expect(problems(asks, [{ ...entry, why: ' ' }])).toEqual([expect.stringContaining('the reason is missing')]);
  });
});
