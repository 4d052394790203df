import { Injectable } from '@nestjs/common';
import { dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { maskIdentityNumber } from '#shared/identity';
import type { KnownPerson } from '../../person/known-person.js';
import { findPerson } from '../../person/known-person.repository.js';
import type { SettleCommand } from '../../settlement/bill.js';
import { RefundSettlement } from '../../settlement/refund-settlement.js';
import { SettlementCommitter } from '../../settlement/settlement-committer.js';
import type { Settlement } from '../../settlement/settlement.js';
import { TrySettlement } from '../../settlement/try-settlement.js';
import type { Output } from '../envelope.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, GatewayTransaction } from '../gateway-transaction.js';
import { refundNodes, settlementNodes } from '../settlement-nodes.js';

/** 2206–2208 and 2303–2305: trial, settlement, refund. */
@Injectable()
export class SettlementTransactions extends GatewayTransactions {
  readonly table: Readonly<Record<string, GatewayTransaction>> = {
    '2206': { kind: 'query', run: (call) => this.tryOut(call, 'outpatient') },
    '2303': { kind: 'query', run: (call) => this.tryOut(call, 'inpatient') },
    '2207': { kind: 'committed', run: (call) => this.settle(call, 'outpatient') },
    '2304': { kind: 'committed', run: (call) => this.settle(call, 'inpatient') },
    '2208': { kind: 'once', run: (call, tx) => this.refund(call, tx) },
    '2305': { kind: 'once', run: (call, tx) => this.refund(call, tx) },
  };

  constructor(
    private readonly database: Database,
    private readonly trySettlement: TrySettlement,
    private readonly committer: SettlementCommitter,
    private readonly refundSettlement: RefundSettlement,
  ) {
    super();
  }

  private async tryOut(call: GatewayCall, setting: 'inpatient' | 'outpatient'): Promise<Outcome<Output>> {
    const command = commandOf(call, setting);
    const person = await this.personOf(command.personNo);
    if (isRefusal(person)) return person;
    const tried = await this.trySettlement.execute(command);
    return isRefusal(tried) ? tried : nodes(call, tried, person, true);
  }

  private async settle(call: GatewayCall, setting: 'inpatient' | 'outpatient'): Promise<Outcome<Output>> {
    const command = commandOf(call, setting);
    const person = await this.personOf(command.personNo);
    if (isRefusal(person)) return person;
    const settled = await this.committer.submit(command, (settlement) =>
      JSON.stringify(nodes(call, settlement, person, false)),
    );
    return isRefusal(settled) ? settled : nodes(call, settled, person, false);
  }

  private async refund(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const refund = await this.refundSettlement.execute(tx, {
      institutionCode: call.institutionCode,
      settlementId: data.need('setl_id', 30),
      visitId: data.need('mdtrt_id', 30),
      personNo: data.need('psn_no', 30),
      msgid: call.msgid,
    });
    return isRefusal(refund) ? refund : refundNodes(refund);
  }

  private personOf(personNo: string): Promise<Outcome<KnownPerson>> {
    return this.database.transaction(async (tx) => (await findPerson(tx, personNo)) ?? refuse('VISIT_UNKNOWN'));
  }
}

function commandOf(call: GatewayCall, setting: 'inpatient' | 'outpatient'): SettleCommand {
  const data = call.input.node('data');
  return {
    institution: call.institution,
    visitId: data.need('mdtrt_id', 30),
    personNo: data.need('psn_no', 30),
    batchNo: setting === 'outpatient' ? data.need('chrg_bchno', 30) : null,
    totalFen: data.yuan('medfee_sumamt'),
    useAccount: data.flag('acct_used_flag'),
    invoiceNo: data.text('invono', 50) || null,
    msgid: call.msgid,
    settledOn: dayOf(call.receivedAt),
    settledAt: call.receivedAt,
  };
}

function nodes(call: GatewayCall, settlement: Settlement, person: KnownPerson, trial: boolean): Output {
  const data = call.input.node('data');
  const certificateType = data.text('mdtrt_cert_type', 3);
  const maskedCertificate = certificateType === '02' ? maskIdentityNumber(data.text('mdtrt_cert_no', 50)) : '';
  return settlementNodes(settlement, person, { trial, maskedCertificate, certificateType });
}
