import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clearingNoticeIssued, clearingPeriodClosed } from '#shared/contracts';
import { isRefusal } from '#shared/errors';
import type { TestService } from '#shared/testing';
import { ConfirmTables } from '../period/confirm-tables.js';
import { UploadCosts } from '../period/upload-costs.js';
import { beijing, hunan, nationDesk, seedAudited, startClearing } from '../testing/clearing-service.js';
import { noticesOf } from './notice.repository.js';
import { IssueNotices } from './issue-notices.js';

const period = '2026-03';

describe('the month of the clearing', () => {
  let service: TestService;
  const confirm = (caller = beijing) => service.get(ConfirmTables).execute(period, caller);
  const issue = (caller = nationDesk) => service.get(IssueNotices).execute(period, caller);
  const due = async (kind: string) =>
    (await service.obligations(kind)).map(({ owner, dueOn, metOn, state }) => [owner, dueOn, metOn, state]);

  beforeAll(async () => {
    service = await startClearing('2026-03-31');
    await service.moveTo('2026-03-31');
    await seedAudited(service, [
      { id: 'S1', fund: '180.67', account: '243.62', deducted: '24.29' },
      { id: 'S2', fund: '500.00', scheme: '390', home: '430300' },
      { id: 'S2R', fund: '-650.00', scheme: '390', home: '430300', refundOf: 'S2' },
      { id: 'S3', fund: '90.00', home: '110000', treatment: '430100' },
      { id: 'S4', fund: '33.33', home: '430100', treatment: '430200' },
    ]);
  });
  afterAll(() => service.stop());

  it('[H62 N46 N47] the first of the month opens who must upload by the 20th, and the nation’s tables and notices', async () => {
    await service.moveTo('2026-04-01');
    expect(await due('upload')).toEqual([
      ['110000', '2026-04-20', null, 'open'],
      ['430000', '2026-04-20', null, 'open'],
    ]);
    expect(await due('tables')).toEqual([['000000', '2026-04-21', null, 'open']]);
    expect(await due('notices')).toEqual([['000000', '2026-04-30', null, 'open']]);
  });

  it('[H62] an upload on the 20th is in time, whoever has not uploaded on the 21st is overdue', async () => {
    await service.moveTo('2026-04-20');
    await service.get(UploadCosts).execute(period, beijing);
    await service.get(UploadCosts).execute(period, hunan);
    expect(await due('upload')).toEqual([
      ['110000', '2026-04-20', '2026-04-20', 'met'],
      ['430000', '2026-04-20', '2026-04-20', 'met'],
    ]);
  });

  it('[N46] before the tables nobody can confirm and nothing can be issued', async () => {
    expect(await confirm()).toMatchObject({ code: 'TABLES_NOT_MADE' });
    expect(await issue()).toMatchObject({ code: 'TABLES_NOT_MADE' });
  });

  it('[N46] on the 21st the tables are made once, and both sides owe their confirmation by the 25th', async () => {
    await service.moveTo('2026-04-21', '00:01');
    await service.moveTo('2026-04-21', '12:00');
    expect(await due('tables')).toEqual([['000000', '2026-04-21', '2026-04-21', 'met']]);
    expect(await due('confirm')).toEqual([
      ['110000', '2026-04-25', null, 'open'],
      ['430000', '2026-04-25', null, 'open'],
    ]);
  });

  it('[N47] while a province is missing on the 25th, notices are refused by its name', async () => {
    await service.moveTo('2026-04-25', '23:59');
    expect(await confirm()).toEqual({ period, province: '110000', confirmedOn: '2026-04-25' });
    expect(await confirm()).toMatchObject({ province: '110000' });
    expect(await issue()).toMatchObject({ code: 'PROVINCES_NOT_CONFIRMED', args: { missing: '湖南' } });
  });

  it('[N46 H62] on the 26th it is too late to confirm, and the missing province is overdue', async () => {
    await service.moveTo('2026-04-26', '00:01');
    expect(await confirm(hunan)).toMatchObject({ code: 'CONFIRMATION_TOO_LATE', args: { day: '2026-04-25' } });
    expect(await due('confirm')).toEqual([
      ['110000', '2026-04-25', '2026-04-25', 'met'],
      ['430000', '2026-04-25', null, 'overdue'],
    ]);
  });

  it('[N47] only the nation issues notices', async () => {
    expect(await issue(beijing)).toMatchObject({ code: 'NOT_YOUR_AREA' });
  });

  it('[N47 N51] silence is consent: notices for both provinces and the areas, with the “*” row on the other side', async () => {
    await service.moveTo('2026-04-30');
    const notices = await issue();
    if (isRefusal(notices)) throw new Error(notices.code);
    const shown = notices.map(({ kind, agency, lines }) => [
      kind,
      agency,
      lines.map(({ counterpart, amountFen, returned }) => `${returned ? '*' : ''}${counterpart} ${amountFen}`),
    ]);
    expect(shown).toEqual([
      ['payment', '110000', ['430000 9000', '*430000 15000']],
      ['receipt', '110000', ['430000 40000']],
      ['payment', '430000', ['110000 40000']],
      ['receipt', '430000', ['110000 9000', '*110000 15000']],
      ['area-netting', '430100', ['430000 -31000', '430000 -3333']],
      ['area-netting', '430200', ['430000 3333']],
    ]);
    expect(await due('notices')).toEqual([['000000', '2026-04-30', '2026-04-30', 'met']]);
  });

  it('[N47] the closed period and every notice are published once, in yuan', async () => {
    const [closed, ...more] = await service.published(clearingPeriodClosed);
    expect(more).toEqual([]);
    expect(closed?.payload).toEqual({
      period,
      signedOn: '2026-04-30',
      pairs: [
        {
          ...{ payer: '110000', payee: '430000', employees: '90.00', residents: '0.00', deducted: '0.00' },
          ...{ payable: '90.00', returned: '0.00' },
        },
        {
          ...{ payer: '430000', payee: '110000', employees: '424.29', residents: '-150.00', deducted: '24.29' },
          ...{ payable: '400.00', returned: '150.00' },
        },
      ],
      total: '490.00',
    });
    const issued = await service.published(clearingNoticeIssued);
    expect(issued.map(({ payload }) => `${payload.noticeNo} ${payload.total}`).sort()).toEqual([
      'FK110000202603 240.00',
      'FK430000202603 400.00',
      'SK110000202603 400.00',
      'SK430000202603 240.00',
      'ZC430100202603 -343.33',
      'ZC430200202603 33.33',
    ]);
  });

  it('[N47] a period is issued once', async () => {
    expect(await issue()).toMatchObject({ code: 'WRONG_STATE' });
    expect(await service.published(clearingPeriodClosed)).toHaveLength(1);
  });

  it('[N57] an area reads its own notice only, the province those of its areas too', async () => {
    const seenBy = async (prefix: string) =>
      (await service.database.asScope({ prefix }, (tx) => noticesOf(tx, period))).map(({ noticeNo }) => noticeNo);
    expect(await seenBy('4301')).toEqual(['ZC430100202603']);
    expect(await seenBy('43')).toEqual(['ZC430100202603', 'ZC430200202603', 'FK430000202603', 'SK430000202603']);
    expect(await seenBy('31')).toEqual([]);
  });
});
