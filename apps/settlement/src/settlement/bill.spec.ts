import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#shared/errors';
import { splitLine } from '../scope/rules/split-line.js';
import { FilingDuties } from '../visit/filing-duties.js';
import type { FeeLine, Visit } from '../visit/visit.js';
import { makeBill } from './bill.js';
import type { SettleCommand } from './bill.js';

const duties = FilingDuties.load();
const institution: SettleCommand['institution'] = {
  institutionCode: 'H31000000301',
  name: '上海示例医院',
  level: 'L3',
  area: '310000',
  services: ['inpatient', 'outpatient'],
  agreement: 'active',
  effectiveOn: '2025-01-01',
};
const visit: Visit = {
  visitId: 'V1',
  institutionCode: institution.institutionCode,
  treatmentArea: '310000',
  personNo: 'P1',
  homeArea: '430100',
  scheme: '310',
  setting: 'outpatient',
  medType: '11',
  emergency: false,
  hospitalNo: 'N1',
  status: 'registered',
  version: 1,
  admittedOn: '2026-03-10',
  dischargedOn: null,
};
const line = (lineNo: string, amountFen: bigint, given: Partial<FeeLine> = {}): FeeLine => ({
  visitId: 'V1',
  lineNo,
  batchNo: 'B1',
  itemCode: 'X',
  category: '09',
  class: 'B',
  firstPayRatio: '0.1',
  priceLimitFen: null,
  price: '1',
  quantity: '1',
  occurredOn: '2026-03-10',
  position: 0,
  ...splitLine(amountFen, '1', { class: 'B', firstPayRatio: '0.1', priceLimitFen: null }),
  settlementId: null,
  ...given,
});
const command = (given: Partial<SettleCommand> = {}): SettleCommand => ({
  institution,
  visitId: 'V1',
  personNo: 'P1',
  batchNo: 'B1',
  totalFen: 10_000n,
  useAccount: false,
  invoiceNo: null,
  msgid: 'm1',
  settledOn: '2026-03-10',
  settledAt: new Date('2026-03-10T02:00:00Z'),
  ...given,
});
const bill = (lines: FeeLine[], given: Partial<SettleCommand> = {}, of: Partial<Visit> = {}) =>
  makeBill(command(given), 'S1', { visit: { ...visit, ...of }, lines, filings: [], qualifications: [] }, duties);
const outcome = (...args: Parameters<typeof bill>): string => {
  const made = bill(...args);
  return isRefusal(made) ? made.code : made.lines.map(({ lineNo }) => lineNo).join(',');
};
const stay = { setting: 'inpatient', emergency: true } as const;

describe('the bill of the treatment side', () => {
  it('[N31] the hospital’s sum must be that of the lines, to the fen', () => {
    const lines = [line('1', 6_000n), line('2', 4_000n)];
    expect([outcome(lines), outcome(lines, { totalFen: 10_001n }), outcome(lines, { totalFen: 9_999n })]).toEqual([
      '1,2',
      'TOTAL_DIFFERS',
      'TOTAL_DIFFERS',
    ]);
  });

  it('[N34] only the lines of the batch, and of these only what is not settled', () => {
    const lines = [line('1', 10_000n), line('2', 5n, { batchNo: 'B2' }), line('3', 7n, { settlementId: 'S0' })];
    expect(outcome(lines)).toBe('1');
    expect(outcome(lines, { batchNo: 'B2', totalFen: 5n })).toBe('2');
  });

  it('[N34] a batch that is settled answers with its settlement, one that is not there has no lines', () => {
    expect(bill([line('3', 7n, { settlementId: 'S0' })])).toMatchObject({
      code: 'ALREADY_SETTLED',
      args: { settlementId: 'S0' },
    });
    expect(outcome([], {})).toBe('NO_LINES');
    expect(outcome([line('1', 10_000n)], { batchNo: 'B9' })).toBe('NO_LINES');
  });

  it('[N33] outpatients cross line by line', () => {
    const made = bill([line('1', 31_774n), line('2', 31_775n)], { totalFen: 63_549n });
    if (isRefusal(made)) throw new Error(made.code);
    expect(made.request.parts.map(({ firstPayFen }) => firstPayFen)).toEqual([3_177n, 3_178n]);
    expect(made.request.scope).toMatchObject({ totalFen: 63_549n, firstPayFen: 6_355n, inScopeFen: 57_194n });
  });

  it('[N32] inpatients cross by category, with the same sums', () => {
    const lines = [line('1', 6_000n), line('2', 4_000n, { category: '01' }), line('3', 5_000n)];
    const made = bill(lines, { batchNo: null, totalFen: 15_000n }, stay);
    if (isRefusal(made)) throw new Error(made.code);
    expect(made.request.parts.map(({ category, totalFen }) => `${category} ${totalFen}`)).toEqual([
      '01 4000',
      '09 11000',
    ]);
    expect(made.request).toMatchObject({
      route: 'emergency',
      level: 'L3',
      homeArea: '430100',
      treatmentArea: '310000',
    });
  });

  it('[N34] a stay is not settled by batch, a registration not as a whole', () => {
    expect(outcome([line('1', 10_000n)], {}, stay)).toBe('WRONG_SETTING');
    expect(outcome([line('1', 10_000n)], { batchNo: null })).toBe('WRONG_SETTING');
  });

  it('[N14 N16] an unfiled stay is not settled, and says so before any money moves', () => {
    expect(outcome([line('1', 10_000n)], { batchNo: null }, { ...stay, emergency: false })).toBe('NOT_FILED');
  });

  it('[N33 N31] a bill whose charges were taken back in part sends what is left, and nothing negative', () => {
    const lines = [line('L1', 10_000n), line('L2', -4_000n, { quantity: '-1' })];
    const made = bill(lines, { totalFen: 6_000n });
    if (isRefusal(made)) throw new Error(made.code);
    expect(made.request.parts.map(({ totalFen }) => totalFen)).toEqual([6_000n]);
  });

  it('[N44 H53] what home has reimbursed is not settled beside it', () => {
    const held = line('L1', 10_000n, { settlementId: 'B43010020260316000000001' });
    expect(outcome([held])).toBe('REIMBURSED');
    expect(outcome([{ ...held, settlementId: 'S1' }])).toBe('ALREADY_SETTLED');
  });
});
