import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '#shared/contracts';
import type { Agency, Json } from '../doors.js';
import { checker, clerk } from '../people.js';
import { month } from '../story/05-declare-audit-pay.js';
import type { Scene } from './scene.js';
import { declareTheSecond } from './two-bills.js';

const nation = clerk('000000');
const hunan = clerk('430000');
const shanghai = clerk('310000');
const guangdong = clerk('440000');

/** A person with every role, who could do both halves of a payment if nobody looked. */
const alone = (area: string): Agency => ({ ...clerk(area), roles: [...clerk(area).roles, ...checker(area).roles] });

export function clearingFunds(scene: Scene): void {
  const ask = (who: Agency, service: ServiceName, method: string, path: string, body?: Json) =>
    scene.world.doors.ask(who, service, method, path, body);
  const clearing = (who: Agency, what: string, period = month) =>
    ask(who, 'clearing', 'POST', `/periods/${period}/${what}`);
  const funds = (who: Agency, path: string, body?: Json) => ask(who, 'funds', 'POST', path, body);
  const accepted = async (call: Promise<Response>): Promise<Json> => {
    const response = await call;
    expect(response.ok).toBe(true);
    await scene.world.state.settled();
    return (await response.json()) as Json;
  };

  beforeAll(() => declareTheSecond(scene.stage));

  describe('the calendar of clearing', () => {
    it('[H62 N46 N47] before the 21st there is nothing to confirm and nothing to issue; areas do not upload', async () => {
      await scene.world.doors.moveTo('2026-04-20');
      await scene.refusals.ofAgency('NOT_A_PROVINCE', () => clearing(clerk('430100'), 'uploads'));
      await scene.refusals.ofAgency('TABLES_NOT_MADE', () => clearing(hunan, 'confirmation'));
      await scene.refusals.ofAgency('TABLES_NOT_MADE', () => clearing(nation, 'notices'));
      await scene.refusals.ofAgency('BAD_REQUEST', () => clearing(shanghai, 'uploads', '2026-13'));
      expect(await accepted(clearing(shanghai, 'uploads'))).toMatchObject({ items: 1, late: 0 });
    });

    it('[H62 N50] an upload on the 20th is in time, on the 21st it is not', async () => {
      await scene.world.doors.moveTo('2026-04-21');
      await scene.refusals.ofAgency('UPLOAD_CLOSED', () => clearing(clerk('110000'), 'uploads'));
    });

    it('[N57 H75] a province sees the clearing figures of its own pairs and of no others', async () => {
      const tables = (who: Agency) =>
        scene.world.doors.call<{ pairs: Json[]; total: string }>(who, 'clearing', 'GET', `/periods/${month}/tables`);
      const pair = { payer: '430000', payee: '310000', residents: '2280.00', payable: '2280.00' };
      for (const who of [nation, hunan, shanghai])
        expect(await tables(who)).toMatchObject({ total: '2280.00', pairs: [pair] });
      expect(await tables(guangdong)).toMatchObject({ total: '0.00', pairs: [] });
      const netting = (province: string) =>
        ask(guangdong, 'clearing', 'GET', `/periods/${month}/netting?province=${province}`);
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => netting('430000'));
      await scene.refusals.ofAgency('NOT_A_PROVINCE', () => netting("43'--"));
    });

    it('[N46 N47 H62] notices wait for the confirmations or for the 25th, and only the nation issues them', async () => {
      await scene.refusals.ofAgency('NOT_A_PROVINCE', () => clearing(clerk('430100'), 'confirmation'));
      await accepted(clearing(hunan, 'confirmation'));
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => clearing(hunan, 'notices'));
      const { message } = await scene.refusals.ofAgency('PROVINCES_NOT_CONFIRMED', () => clearing(nation, 'notices'));
      expect(message).toContain('上海');
    });

    it('[H62 N46] a confirmation on the 25th is in time, on the 26th it is too late', async () => {
      await scene.world.doors.moveTo('2026-04-25', '23:30');
      await accepted(clearing(hunan, 'confirmation'));
      await scene.world.doors.moveTo('2026-04-26', '00:10');
      await scene.refusals.ofAgency('CONFIRMATION_TOO_LATE', () => clearing(shanghai, 'confirmation'));
      await accepted(clearing(nation, 'notices'));
      await scene.refusals.ofAgency('WRONG_STATE', () => clearing(nation, 'notices'));
    });

    it('[N50 H64] what came too late for March is cleared with April, and counted as late', async () => {
      await scene.world.doors.moveTo('2026-05-20');
      expect(await accepted(clearing(clerk('110000'), 'uploads', '2026-04'))).toMatchObject({ items: 1, late: 1 });
    });
  });

  describe('the proof of a transfer', () => {
    let transferNo: string;
    const proof = { bankName: '示例银行长沙分行', transactionNo: 'TX-0001', transactionDate: '2026-05-20' };
    const pay = (more: Json = {}, who = hunan) => funds(who, `/transfers/${transferNo}/payment`, { ...proof, ...more });

    beforeAll(async () => {
      const found = await scene.world.doors.call<{ transferNo: string; amount: string }[]>(
        hunan,
        'funds',
        'GET',
        '/transfers?purpose=clearing',
      );
      expect(found).toMatchObject([{ payer: '430000', payee: '310000', amount: '2280.00' }]);
      transferNo = found[0]?.transferNo ?? '';
    });

    it('[N48 N57] only the payer submits and pays, in this order; others do not see it', async () => {
      await scene.refusals.ofAgency('WRONG_STATE', () => pay());
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => funds(shanghai, `/transfers/${transferNo}/submission`));
      await scene.refusals.ofAgency('NOT_FOUND', () => funds(guangdong, `/transfers/${transferNo}/submission`));
      await scene.refusals.ofAgency('NOT_FOUND', () => funds(hunan, '/transfers/T0/submission'));
      await accepted(funds(hunan, `/transfers/${transferNo}/submission`));
    });

    it.each<[string, Json]>([
      ['a bank', { bankName: undefined }],
      ['a number', { transactionNo: '' }],
      ['a number that is more than blanks', { transactionNo: '   ' }],
      ['a date', { transactionDate: undefined }],
      ['anything', { bankName: '', transactionNo: '', transactionDate: '' }],
    ])('[N22 H31 H34] a payment without %s is not confirmed', (_name, more) =>
      scene.refusals.ofAgency('BANK_DETAILS_MISSING', () => pay(more)),
    );

    it.each<[string, Json, 'BANK_DETAILS_INVALID' | 'TRANSACTION_DATE_IMPOSSIBLE' | 'BAD_REQUEST']>([
      ['a bank without a name', { bankName: '0000' }, 'BANK_DETAILS_INVALID'],
      ['a number that no bank prints', { transactionNo: "1'; drop table transfer" }, 'BANK_DETAILS_INVALID'],
      ['a day before the notice', { transactionDate: '2026-04-25' }, 'TRANSACTION_DATE_IMPOSSIBLE'],
      ['a day to come', { transactionDate: '2026-05-21' }, 'TRANSACTION_DATE_IMPOSSIBLE'],
      ['a day that does not exist', { transactionDate: '2026-04-31' }, 'TRANSACTION_DATE_IMPOSSIBLE'],
      ['a number that is one', { transactionNo: 12345 }, 'BAD_REQUEST'],
      ['a name of thousand characters', { bankName: '行'.repeat(1000) }, 'BAD_REQUEST'],
    ])('[N22 H31 H34] a payment with %s is not confirmed', (_name, more, code) =>
      scene.refusals.ofAgency(code, () => pay(more)),
    );

    it('[P4.3 H42 N48] bank charges and another amount are not booked', async () => {
      await scene.refusals.ofAgency('BANK_CHARGES_NOT_BOOKED', () => pay({ bankCharges: '5.00' }));
      await scene.refusals.ofAgency('AMOUNT_DIFFERS', () => pay({ amount: '2280.01' }));
      await scene.refusals.ofAgency('BAD_REQUEST', () => pay({ amount: '2280.001' }));
    });

    it('[P5.3 N22] nobody approves the own payment, and nobody receives what was not approved', async () => {
      await accepted(pay({}, alone('430000')));
      const approval = `/transfers/${transferNo}/payment-approval`;
      await scene.refusals.ofAgency('SAME_PERSON', () => funds(alone('430000'), approval));
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => funds(checker('310000'), approval));
      await scene.refusals.ofAgency('WRONG_STATE', () => funds(shanghai, `/transfers/${transferNo}/receipt`));
      await accepted(funds(checker('430000'), approval));
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => funds(hunan, `/transfers/${transferNo}/receipt`));
      await accepted(funds(shanghai, `/transfers/${transferNo}/receipt`));
      await scene.refusals.ofAgency('WRONG_STATE', () => funds(shanghai, `/transfers/${transferNo}/receipt`));
    });
  });

  describe('quotas', () => {
    const pair = { payer: '430000', payee: '310000', q4: ['6000.00', '6500.00', '7000.00'] };
    const prepare = (who: Agency, more: Json = {}, year = 2027) =>
      funds(who, '/quotas', { year, pairs: [{ ...pair, ...more }] });

    it.each<[string, Json]>([
      ['with itself', { payee: '430000' }],
      ['of an area', { payer: '430100' }],
      ['with two months', { q4: ['1.00', '2.00'] }],
      ['with three decimals', { q4: ['1.00', '2.00', '3.001'] }],
      ['with a negative quarter', { q4: ['-9.00', '2.00', '3.00'] }],
    ])('[N18 H28] a pair %s has no quota', (_name, more) =>
      scene.refusals.ofAgency('BAD_REQUEST', () => prepare(nation, more)),
    );

    it('[N18 N20 P5.3] the nation fixes them, by two people, once', async () => {
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => prepare(hunan));
      await scene.refusals.ofAgency('QUOTA_ALREADY_APPROVED', () => prepare(nation, {}, 2026));
      await scene.refusals.ofAgency('NOT_FOUND', () => funds(checker('000000'), '/quotas/2030/approval'));
      await scene.refusals.ofAgency('BAD_REQUEST', () => funds(checker('000000'), '/quotas/next/approval'));
      await accepted(prepare(alone('000000')));
      await scene.refusals.ofAgency('SAME_PERSON', () => funds(alone('000000'), '/quotas/2027/approval'));
      await scene.refusals.ofAgency('NOT_YOUR_AREA', () => funds(checker('430000'), '/quotas/2027/approval'));
    });
  });
}
