import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#shared/errors';
import { diseasesOfBill, namedDiseases, qualifiedDiseases } from '../../visit/rules/chronic-diseases.js';
import { chronicScope } from './chronic-scope.js';

const decide = (diseases: string[], withScope: string[], itemDiseases: string[]): string =>
  chronicScope({ diseases, withScope: new Set(withScope), itemDiseases }).value;

describe('the scope of chronic treatment', () => {
  it('[N31 H18] one: the treatment place has the disease and a scope, which holds', () => {
    expect(decide(['M03900'], ['M03900'], ['M03900', 'M04600'])).toBe('scope');
    expect(decide(['M03900'], ['M03900'], ['M01600'])).toBe('outside');
    expect(decide(['M03900'], ['M03900'], [])).toBe('outside');
  });

  it('[N31 H18] two: it has no scope for the disease, so the item passes and is flagged', () => {
    expect(decide(['HN0002'], [], [])).toBe('norms');
    expect(decide(['HN0002'], [], ['M03900'])).toBe('norms');
  });

  it('[N31 H18] three: of several diseases one is enough', () => {
    expect(decide(['M03900', 'M01600'], ['M03900', 'M01600'], ['M01600'])).toBe('scope');
    expect(decide(['M03900', 'M01600'], ['M03900', 'M01600'], ['M05300'])).toBe('outside');
    expect(decide(['M03900', 'HN0002'], ['M03900'], ['M01600'])).toBe('norms');
    expect(decide(['HN0002', 'M03900'], ['M03900'], ['M03900'])).toBe('scope');
  });
});

const qualification = {
  diseaseCode: 'M03900',
  diseaseName: '高血压',
  status: 'effective',
  from: '2026-01-01',
  to: null,
};
const said = (outcome: unknown): unknown => (isRefusal(outcome) ? outcome.code : outcome);

describe('the diseases of a chronic visit', () => {
  it('[N31] one or several, the chosen one first, each once', () => {
    expect(namedDiseases('M01600')).toEqual(['M01600']);
    expect(namedDiseases('M01600, M03900；M01600|')).toEqual(['M01600', 'M03900']);
    expect([namedDiseases(''), namedDiseases(null), namedDiseases(7)]).toEqual([[], [], []]);
  });

  it('[N13 N31] only those that the home area has recognised for the day count', () => {
    const on = (day: string, more: object = {}) =>
      said(qualifiedDiseases(['M03900'], [{ ...qualification, ...more }], day));
    expect([on('2025-12-31'), on('2026-01-01')]).toEqual(['CHRONIC_NOT_QUALIFIED', ['M03900']]);
    expect([on('2026-03-31', { to: '2026-03-31' }), on('2026-04-01', { to: '2026-03-31' })]).toEqual([
      ['M03900'],
      'CHRONIC_NOT_QUALIFIED',
    ]);
    expect(on('2026-02-01', { status: 'ended' })).toBe('CHRONIC_NOT_QUALIFIED');
    const ended = { status: 'ended', to: '2026-03-31' };
    expect([on('2026-03-31', ended), on('2026-04-01', ended)]).toEqual([['M03900'], 'CHRONIC_NOT_QUALIFIED']);
    expect(said(qualifiedDiseases(['M01600', 'M03900'], [qualification], '2026-02-01'))).toEqual(['M03900']);
    expect(said(qualifiedDiseases([], [qualification], '2026-02-01'))).toBe('CHRONIC_DISEASE_MISSING');
  });

  it('[N31 N33] a bill is of the kind that its lines were split for, and its diseases still stand', () => {
    const line = (diseases: string[]) => ({ lineNo: '1', diseases, occurredOn: '2026-02-01' });
    expect(said(diseasesOfBill('11', [line([])], []))).toEqual([]);
    expect(said(diseasesOfBill('14', [line(['M03900']), line(['M03900'])], [qualification]))).toEqual(['M03900']);
    expect(said(diseasesOfBill('14', [line([])], [qualification]))).toBe('LINES_SPLIT_OTHERWISE');
    expect(said(diseasesOfBill('11', [line(['M03900'])], [qualification]))).toBe('LINES_SPLIT_OTHERWISE');
    expect(said(diseasesOfBill('14', [line(['M03900'])], [{ ...qualification, status: 'ended' }]))).toBe(
      'CHRONIC_NOT_QUALIFIED',
    );
  });
});
