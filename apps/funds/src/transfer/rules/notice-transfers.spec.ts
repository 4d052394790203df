import { describe, expect, it } from '@jest/globals';
import { clearingNoticeIssued } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import { noticeTransfers } from './notice-transfers.js';

type Notice = PayloadOf<typeof clearingNoticeIssued>;
const line = (given: Partial<Notice['lines'][number]>): Notice['lines'][number] => ({
  counterpart: '110000',
  table: 'provinces',
  amount: '150.00',
  returned: false,
  ...given,
});
const transfers = (given: Partial<Notice>): string[] =>
  noticeTransfers({ ...clearingNoticeIssued.example, ...given }).map(
    ({ transferNo, purpose, payer, payee, amountFen }) => `${transferNo} ${purpose} ${payer}→${payee} ${amountFen}`,
  );

describe('what a notice makes due', () => {
  it('[N48] every line of a payment notice is one transfer of the agency', () => {
    expect(transfers({ lines: [line({}), line({ counterpart: '310000', amount: '0.01' })] })).toEqual([
      'QSP202603430000110000 clearing 430000→110000 15000',
      'QSP202603430000310000 clearing 430000→310000 1',
    ]);
  });

  it('[N51] a “*” line is a transfer of its own beside the normal one to the same province', () => {
    const lines = [line({ amount: '90.00' }), line({ amount: '150.00', returned: true })];
    expect(transfers({ lines })).toEqual([
      'QSP202603430000110000 clearing 430000→110000 9000',
      'QSP202603430000110000* clearing 430000→110000 15000',
    ]);
  });

  it('[N48] a receipt notice says the same from the other side and makes nothing due', () => {
    expect(transfers({ kind: 'receipt', lines: [line({})] })).toEqual([]);
  });

  it('[H66 N49] a netting: the area with a negative amount pays the province, the one with a positive amount is paid', () => {
    const netting = (amount: string) =>
      transfers({
        kind: 'area-netting',
        agency: '430100',
        lines: [line({ counterpart: '430000', table: 'cross-province-employees', amount })],
      });
    expect([netting('-0.01'), netting('0.00'), netting('0.01')]).toEqual([
      ['SJC202603430100430000 area-collection 430100→430000 1'],
      [],
      ['BFC202603430000430100 area-distribution 430000→430100 1'],
    ]);
  });

  it('[H65] the tables of one area never share a number', () => {
    const tables = [
      'cross-province-employees',
      'intra-province-employees',
      'intra-province-residents',
      'provincial-collection',
    ] as const;
    const lines = tables.map((table) => line({ counterpart: '430000', table }));
    const numbers = transfers({ kind: 'area-netting', agency: '430100', lines });
    expect(new Set(numbers).size).toBe(tables.length);
  });
});
