import { Injectable } from '@nestjs/common';
import { Clock, dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import { KeepForReimbursement } from '../../reimbursement/keep-for-reimbursement.js';
import type { SettleCommand } from '../../settlement/bill.js';
import { RefundSettlement } from '../../settlement/refund-settlement.js';
import { IdentifyPerson } from '../../person/identify-person.js';
import { SettleBill } from '../../settlement/settle-bill.js';
import { TrySettlement } from '../../settlement/try-settlement.js';
import type { Setting } from '../../visit/visit.js';
import { seenPerson } from '../caller/caller.repository.js';
import type { SeenPerson } from '../caller/caller.repository.js';
import { saysEmergency } from './visit-facts.js';
import { refundNodes, settlementNodes, trialNodes } from '../answers/settlement-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';

type SettleCall = GatewayCall<'2206'> | GatewayCall<'2207'> | GatewayCall<'2303'> | GatewayCall<'2304'>;

/** 2206–2208 and 2303–2305: trial, settlement, refund. */
@Injectable()
export class SettlementTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly trySettlement: TrySettlement,
    private readonly settleBill: SettleBill,
    private readonly identifyPerson: IdentifyPerson,
    private readonly refundSettlement: RefundSettlement,
    private readonly keepForReimbursement: KeepForReimbursement,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '2206' | '2207' | '2208' | '2303' | '2304' | '2305'> = {
    '2206': (call) => this.tryOut(call, call.input.data.chrg_bchno),
    '2207': (call) => this.settle(call, call.input.data.chrg_bchno),
    '2208': (call, tx) => this.refund(call, tx, 'outpatient'),
    '2303': async (call) =>
      call.input.data.mid_setl_flag === true ? refuse('MIDSTAY_NOT_OFFERED') : this.tryOut(call, null),
    '2304': async (call) =>
      call.input.data.mid_setl_flag === true ? refuse('MIDSTAY_NOT_OFFERED') : this.settle(call, null),
    '2305': (call, tx) => this.refund(call, tx, 'inpatient'),
  };

  private async tryOut(call: SettleCall, batchNo: string | null): Promise<Outcome<AnswerFrom<FormOf<'2206'>>>> {
    const person = await this.personOf(call);
    if (isRefusal(person)) return person;
    const tried = await this.trySettlement.execute(this.commandOf(call, batchNo));
    return isRefusal(tried) ? tried : trialNodes(tried, person, call.input.data.mdtrt_cert_type);
  }

  private async settle(call: SettleCall, batchNo: string | null): Promise<Outcome<AnswerFrom<FormOf<'2207'>>>> {
    const person = await this.personOf(call);
    if (isRefusal(person)) return person;
    const certificateType = call.input.data.mdtrt_cert_type;
    const command = this.commandOf(call, batchNo);
    const settled = await this.settleBill.execute(command, person.homeArea, (settlement) =>
      JSON.stringify(settlementNodes(settlement, person, certificateType)),
    );
    return isRefusal(settled)
      ? this.keepForReimbursement.execute(command, settled)
      : settlementNodes(settled, person, certificateType);
  }

  private async refund(
    call: GatewayCall<'2208'> | GatewayCall<'2305'>,
    tx: Transaction,
    setting: Setting,
  ): Promise<Outcome<AnswerFrom<FormOf<'2208'>>>> {
    const { setl_id: settlementId, mdtrt_id: visitId, psn_no: personNo } = call.input.data;
    const { institutionCode } = call.institution;
    const command = { institutionCode, settlementId, visitId, personNo, msgid: call.msgid, setting };
    const refund = await this.refundSettlement.execute(tx, command);
    return isRefusal(refund) ? refund : refundNodes(refund, settlementId);
  }

  /** Who was never identified here is as unknown as the visit that the message names. */
  private async personOf({ institution, input }: SettleCall): Promise<Outcome<SeenPerson>> {
    const person = await this.database.transaction((tx) =>
      seenPerson(tx, institution.institutionCode, input.data.psn_no),
    );
    if (isRefusal(person)) return refuse('VISIT_UNKNOWN');
    await this.identifyPerson.refresh(person);
    return person;
  }

  private commandOf({ input, institution, msgid }: SettleCall, batchNo: string | null): SettleCommand {
    const { data } = input;
    const settledAt = this.clock.now();
    return {
      institution,
      visitId: data.mdtrt_id,
      personNo: data.psn_no,
      scheme: data.insutype,
      batchNo,
      totalFen: data.medfee_sumamt,
      useAccount: data.acct_used_flag === true,
      emergency: saysEmergency(data),
      invoiceNo: data.invono,
      msgid,
      settledOn: dayOf(settledAt),
      settledAt,
    };
  }
}
