import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../doors.js';
import { register } from '../story/01-open-the-network.js';
import { transactionsOf } from '../story/hospital-desk.js';
import type { SettledVisit } from '../story/hospital-desk.js';
import {
  dischargeInput,
  feeLines,
  identityInput,
  refundInput,
  registrationInput,
  settlementInput,
} from '../story/hospital-messages.js';
import type { VisitFact } from '../story/visits.js';
import { outpatient, send, stay } from './facts.js';
import { firstDay as day } from './scene.js';
import type { Scene } from './scene.js';
import { fictitiousPerson, persons } from '../world.js';
import type { InstitutionKey } from '../world.js';

export function gatewayBills(scene: Scene): void {
  const post = (fact: VisitFact, infno: string, input: Json, more?: { from?: InstitutionKey; home?: string }) =>
    send(scene.world.doors, fact, infno, input, more);
  const charged = async (fact: VisitFact): Promise<string> => {
    const visitId = await scene.stage.desk.register(fact);
    await scene.stage.desk.charge(fact, visitId);
    return visitId;
  };

  describe('fee lines', () => {
    const fact = outpatient('FEES', day, { lines: [{ item: 'drug-a', price: '30.00', quantity: 3 }] });
    let visitId: string;
    const [row = {}] = feeLines(fact, '');
    const upload = (...rows: Json[]) =>
      post(fact, '2204', { feedetail: rows.map((one) => ({ ...row, mdtrt_id: visitId, ...one })) });
    const accepted = async (...rows: Json[]): Promise<unknown> => (await upload(...rows)).json();

    beforeAll(async () => {
      visitId = await scene.stage.desk.register(fact);
      await scene.stage.desk.charge(fact, visitId);
    });

    it.each(['XA99ZZZ999Z999999999999', "x'--"])(
      '[N31 H18] the item %s is not in the catalogue of the treatment place',
      async (med_list_codg) => {
        const answer = await scene.refusals.ofGateway('ITEM_UNKNOWN', () =>
          upload({ feedetl_sn: 'NEW', med_list_codg }),
        );
        expect(answer.err_msg).toContain('NEW');
      },
    );

    it('[N31] one fen of rounding is the hospital’s to choose, two are a wrong sum', async () => {
      await scene.refusals.ofGateway('LINE_SUM_WRONG', () =>
        upload({ feedetl_sn: 'SUM', det_item_fee_sumamt: '90.02' }),
      );
      const one = { feedetl_sn: 'SUM', chrg_bchno: 'SUM', det_item_fee_sumamt: '90.01' };
      expect(await accepted(one)).toMatchObject({ infcode: 0 });
    });

    it.each([
      ['an amount with 3 decimals', { det_item_fee_sumamt: '90.005' }],
      ['an amount with 3 decimals as a number', { det_item_fee_sumamt: 90.005 }],
      ['an amount in words', { det_item_fee_sumamt: '九十' }],
      ['an amount with an exponent', { det_item_fee_sumamt: '9e1' }],
      ['an amount of 15 digits', { det_item_fee_sumamt: '999999999999999.00' }],
      ['a quantity of zero', { cnt: '0', det_item_fee_sumamt: '0' }],
      ['a quantity of zero with decimals', { cnt: '-0.000', det_item_fee_sumamt: '0' }],
      ['a negative price', { pric: '-30.00', det_item_fee_sumamt: '-90.00' }],
      ['a quantity with 7 decimals', { cnt: '3.0000001' }],
      ['a day that does not exist', { fee_ocur_time: '2026-02-29 10:00:00' }],
      ['no number of the line', { feedetl_sn: null }],
      ['a number of the line of 31 characters', { feedetl_sn: 'N'.repeat(31) }],
    ])('[P5.2 N31] %s is refused', (_name, wrong) =>
      scene.refusals.ofGateway('ENVELOPE_INVALID', () => upload({ feedetl_sn: 'NEW', ...wrong })),
    );

    it('[P5.2] no lines, more than 1000, and those of two visits are refused', async () => {
      await scene.refusals.ofGateway('ENVELOPE_INVALID', () => upload());
      await scene.refusals.ofGateway('ENVELOPE_INVALID', () => upload(...Array.from({ length: 1001 }, () => ({}))));
      await scene.refusals.ofGateway('ENVELOPE_INVALID', () =>
        upload({ feedetl_sn: 'A' }, { feedetl_sn: 'B', mdtrt_id: 'V' }),
      );
    });

    it('[N31] all lines of a message or none: a good one does not stay when another is refused', () =>
      scene.refusals.ofGateway('ITEM_UNKNOWN', () =>
        upload({ feedetl_sn: 'GOOD' }, { feedetl_sn: 'BAD', med_list_codg: 'X' }),
      ));

    it('[N31] a line that is there already is kept, another content under its number is refused', async () => {
      expect(await accepted({})).toMatchObject({ infcode: 0 });
      await scene.refusals.ofGateway('LINE_CHANGED', () => upload({ cnt: '2', det_item_fee_sumamt: '60.00' }));
    });

    it('[N31] what was not charged cannot be taken back; what was, once', async () => {
      const back = (cnt: string, amount: string, more: Json = {}): Json => ({
        ...{ feedetl_sn: `BACK${cnt}`, init_feedetl_sn: 'FEES-1', cnt, det_item_fee_sumamt: amount },
        ...more,
      });
      await scene.refusals.ofGateway('NOTHING_TO_TAKE_BACK', () => upload(back('-4', '-120.00')));
      await scene.refusals.ofGateway('NOTHING_TO_TAKE_BACK', () =>
        upload(back('-1', '-30.00', { chrg_bchno: 'OTHER' })),
      );
      await scene.refusals.ofGateway('NOTHING_TO_TAKE_BACK', () => upload(back('-1', '-20.00', { pric: '20.00' })));
      expect(await accepted(back('-1', '-30.00'))).toMatchObject({ infcode: 0 });
      await scene.refusals.ofGateway('NOTHING_TO_TAKE_BACK', () => upload(back('-3', '-90.00')));
      const cancelOriginal = { data: [{ feedetl_sn: 'FEES-1', mdtrt_id: visitId, psn_no: persons.A.personNo }] };
      await scene.refusals.ofGateway('WRONG_SETTING', () => post(fact, '2302', cancelOriginal));
    });
  });

  describe('settlements and refunds', () => {
    const facts = { outpatient: outpatient('PAID', day), inpatient: stay('STAY', day) };
    const settled = new Map<'outpatient' | 'inpatient', SettledVisit>();
    const of = (kind: 'outpatient' | 'inpatient'): SettledVisit => {
      const found = settled.get(kind);
      if (found === undefined) throw new Error('settled before the tests');
      return found;
    };

    beforeAll(async () => {
      const visitId = await charged(facts.outpatient);
      settled.set('outpatient', await scene.stage.desk.settleWithTrial(facts.outpatient, visitId));
      const stayId = await scene.stage.desk.admit(facts.inpatient);
      await scene.stage.desk.charge(facts.inpatient, stayId);
      await scene.stage.desk.discharge(facts.inpatient, stayId);
      settled.set('inpatient', await scene.stage.desk.settleWithTrial(facts.inpatient, stayId));
    });

    it.each(['outpatient', 'inpatient'] as const)('[N34] a settled %s visit is not settled again', async (kind) => {
      const { fact, visitId, settlementId } = of(kind);
      const { settle } = transactionsOf(fact);
      const again = () => post(fact, settle, settlementInput(fact, visitId));
      expect((await scene.refusals.ofGateway('ALREADY_SETTLED', again)).err_msg).toContain(settlementId);
    });

    it('[N34] a settled stay takes no more fees, and settled fees are not cancelled', async () => {
      const { fact, visitId } = of('inpatient');
      await scene.refusals.ofGateway('VISIT_SETTLED', () => post(fact, '2301', { feedetail: feeLines(fact, visitId) }));
      const { fact: ambulant, visitId: ambulantId } = of('outpatient');
      const data = { mdtrt_id: ambulantId, psn_no: persons.A.personNo, chrg_bchno: `P${ambulant.id}` };
      await scene.refusals.ofGateway('LINES_SETTLED', () => post(ambulant, '2205', { data }));
    });

    it('[N31 P5.2] a total that is not the sum of the lines, no lines, no discharge: no settlement', async () => {
      const open = stay('OPEN', day);
      const visitId = await scene.stage.desk.admit(open);
      const settle = (more: Json = {}) =>
        post(open, '2304', { data: { ...settlementInput(open, visitId).data, ...more } });
      await scene.refusals.ofGateway('VISIT_NOT_DISCHARGED', settle);
      await scene.stage.desk.discharge(open, visitId);
      await scene.refusals.ofGateway('NO_LINES', settle);
      await scene.stage.desk.charge(open, visitId);
      const answer = await scene.refusals.ofGateway('TOTAL_DIFFERS', () => settle({ medfee_sumamt: '90.01' }));
      expect(answer.err_msg).toMatch(/90\.01.*90\.00/);
      await scene.refusals.ofGateway('ENVELOPE_INVALID', () => settle({ medfee_sumamt: '90.000001' }));
      await scene.refusals.ofGateway('TOTAL_DIFFERS', () => settle({ medfee_sumamt: '-90.00' }));
    });

    it('[N57 P5.3] the visits and settlements of another hospital are not there', async () => {
      const { fact, visitId, settlementId } = of('outpatient');
      const from = 'H-SH3';
      await scene.refusals.ofGateway('VISIT_UNKNOWN', () =>
        post(fact, '2204', { feedetail: feeLines(fact, visitId) }, { from }),
      );
      await scene.refusals.ofGateway('VISIT_UNKNOWN', () =>
        post(fact, '2206', settlementInput(fact, visitId), { from }),
      );
      await scene.refusals.ofGateway('VISIT_UNKNOWN', () =>
        post(fact, '2207', settlementInput(fact, visitId), { from }),
      );
      await scene.refusals.ofGateway('VISIT_UNKNOWN', () =>
        post(fact, '2402', dischargeInput(fact, visitId), { from }),
      );
      await scene.refusals.ofGateway('SETTLEMENT_UNKNOWN', () =>
        post(fact, '2208', refundInput(fact, visitId, settlementId), { from }),
      );
      const ofOther = { ...fact, person: 'B' } as const;
      await scene.refusals.ofGateway('VISIT_UNKNOWN', () => post(ofOther, '2206', settlementInput(ofOther, visitId)));
    });

    it('[N31 H18] where no policy of home is known, nothing is invented', async () => {
      // An area whose policy nobody has written down yet; when somebody does, this becomes another one.
      const home = '540100';
      const stranger = fictitiousPerson(99, '无政策', '1', '1953-02-20', home, '310', 'retired');
      await register(scene.world.doors, stranger);
      await scene.world.state.settled();
      const fact = outpatient('NOPACK', day, { person: 'C', institution: 'H-SH3' });
      const registered = registrationInput(fact)['data'] as Json;
      const from = { home };
      await post(fact, '1101', identityInput(stranger));
      const opened = await post(fact, '2201', { data: { ...registered, psn_no: stranger.personNo } }, from);
      const { output } = (await opened.json()) as { output: { data: { mdtrt_id: string } } };
      const visitId = output.data.mdtrt_id;
      const rows = feeLines(fact, visitId).map((one) => ({ ...one, psn_no: stranger.personNo }));
      await post(fact, '2204', { feedetail: rows }, from);
      const { data } = settlementInput(fact, visitId);
      const ask = (infno: string) => post(fact, infno, { data: { ...data, psn_no: stranger.personNo } }, from);
      const tried = await scene.refusals.ofGateway('POLICY_MISSING', () => ask('2206'));
      expect(tried.err_msg).toMatch(/自费.*手工报销/);
      const settled = (await (await ask('2207')).json()) as { err_msg: string };
      expect(settled.err_msg).toMatch(/^\[KEPT_FOR_REIMBURSEMENT\].*账单已留存（编号 B540100\d{17}）.*全额自费/);
    });

    it.each(['outpatient', 'inpatient'] as const)(
      '[N42 H52] %s: a refund is not refunded, and only once',
      async (kind) => {
        const visit = of(kind);
        const { fact, visitId, settlementId } = visit;
        const { refund } = transactionsOf(fact);
        await scene.refusals.ofGateway('SETTLEMENT_UNKNOWN', () =>
          post(fact, refund, refundInput(fact, visitId, 'S0')),
        );
        const refunded = String((await scene.stage.desk.refund(visit))['setl_id']);
        await scene.refusals.ofGateway('ALREADY_REFUNDED', () =>
          post(fact, refund, refundInput(fact, visitId, settlementId)),
        );
        await scene.refusals.ofGateway('REFUND_OF_REFUND', () =>
          post(fact, refund, refundInput(fact, visitId, refunded)),
        );
      },
    );
  });
}
