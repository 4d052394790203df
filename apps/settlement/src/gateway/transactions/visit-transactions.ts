import { Injectable } from '@nestjs/common';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { samePool } from '#shared/regions';
import { ChangeVisit } from '../../visit/change-visit.js';
import { OpenVisit } from '../../visit/open-visit.js';
import { RecordLines } from '../../visit/record-lines.js';
import { ownVisit } from '../../visit/visit-access.js';
import type { FeeLine, Setting, Visit } from '../../visit/visit.js';
import { setDiagnoses } from '../../visit/visit.repository.js';
import type { Output } from '../envelope.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, GatewayTransaction } from '../gateway-transaction.js';
import type { MessageNode } from '../message-node.js';
import { lineNode, readLines } from './fee-line-nodes.js';

type Run = (call: GatewayCall, tx: Transaction) => Promise<Outcome<Output>>;
const once = (run: Run): GatewayTransaction => ({ kind: 'once', run });

/** 急诊: by the kind of treatment or by the flag (N8(5)). */
const emergencyTypes: ReadonlySet<string> = new Set(['13', '24']);
const isEmergency = (medType: string, node: MessageNode): boolean =>
  emergencyTypes.has(medType) || node.flag('er_flag') || node.flag('otp_er_refl_flag');

/** 2201–2205 and 2301, 2302, 2401–2405: everything about a visit that is not its settlement. */
@Injectable()
export class VisitTransactions extends GatewayTransactions {
  readonly table: Readonly<Record<string, GatewayTransaction>> = {
    '2201': once((call, tx) => this.register(call, tx)),
    '2202': once((call, tx) => this.cancel(call, tx)),
    '2203': once((call, tx) => this.diagnose(call, tx)),
    '2204': once((call, tx) => this.charge(call, tx)),
    '2205': once((call, tx) => this.cancelBatch(call, tx)),
    '2301': once((call, tx) => this.charge(call, tx)),
    '2302': once((call, tx) => this.cancelLines(call, tx)),
    '2401': once((call, tx) => this.admit(call, tx)),
    '2402': once((call, tx) => this.discharge(call, tx)),
    '2404': once((call, tx) => this.cancel(call, tx)),
    '2405': once((call, tx) => this.undoDischarge(call, tx)),
  };

  constructor(
    private readonly openVisit: OpenVisit,
    private readonly changeVisit: ChangeVisit,
    private readonly recordLines: RecordLines,
  ) {
    super();
  }

  private async register(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const medType = data.text('med_type') || '11';
    const visit = await this.open(
      call,
      tx,
      data,
      { setting: 'outpatient', medType, hospitalNo: data.need('ipt_otp_no', 30) },
      [],
    );
    if (isRefusal(visit)) return visit;
    return { data: { mdtrt_id: visit.visitId, psn_no: visit.personNo, ipt_otp_no: visit.hospitalNo } };
  }

  private async admit(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const info = call.input.node('mdtrtinfo');
    const hospitalNo = info.text('ipt_no') || info.need('ipt_otp_no', 30);
    const diagnoses = call.input.has('diseinfo') ? diagnosesOf(call.input) : [];
    const visit = await this.open(
      call,
      tx,
      info,
      { setting: 'inpatient', medType: info.need('med_type', 6), hospitalNo },
      diagnoses,
    );
    return isRefusal(visit) ? visit : { result: { mdtrt_id: visit.visitId } };
  }

  private async open(
    call: GatewayCall,
    tx: Transaction,
    node: MessageNode,
    kind: { setting: Setting; medType: string; hospitalNo: string },
    diagnoses: unknown,
  ): Promise<Outcome<Visit>> {
    const visit = await this.openVisit.execute(tx, {
      ...kind,
      institution: call.institution,
      personNo: node.need('psn_no', 30),
      scheme: node.need('insutype', 6),
      emergency: isEmergency(kind.medType, node),
      admittedOn: node.day('begntime'),
      diagnoses,
    });
    if (isRefusal(visit)) return visit;
    // The hospital routes by this area; a wrong one would send the money of the visit to another place.
    return call.homeArea !== '' && !samePool(call.homeArea, visit.homeArea) ? refuse('PERSON_UNKNOWN') : visit;
  }

  private async diagnose(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const info = call.input.node('mdtrtinfo');
    return this.onVisit(call, tx, info, async (visit) => {
      const medType = info.text('med_type', 6) || visit.medType;
      await setDiagnoses(
        tx,
        visit.visitId,
        medType,
        visit.emergency || isEmergency(medType, info),
        diagnosesOf(call.input),
      );
      return {};
    });
  }

  private async charge(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const { visitId, personNo, lines } = readLines(call.input);
    const visit = await ownVisit(tx, call.institutionCode, visitId, personNo);
    if (isRefusal(visit)) return visit;
    const recorded = await this.recordLines.execute(tx, visit, lines);
    return isRefusal(recorded) ? recorded : { result: recorded.map(lineNode) };
  }

  private cancelBatch(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const batchNo = data.need('chrg_bchno', 30);
    const isMeant = (line: FeeLine): boolean =>
      batchNo === '0000' ? line.settlementId === null : line.batchNo === batchNo;
    return this.onVisit(call, tx, data, async (visit) => done(await this.recordLines.cancel(tx, visit, isMeant)));
  }

  private async cancelLines(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const [first, ...others] = call.input.list('data');
    if (first === undefined) return refuse('ENVELOPE_INVALID', { detail: '节点 data 为空' });
    const named = new Set([first, ...others].map((row) => row.need('feedetl_sn', 30)));
    const isMeant = (line: FeeLine): boolean =>
      named.has('0000') ? line.settlementId === null : named.has(line.lineNo);
    return this.onVisit(call, tx, first, async (visit) => done(await this.recordLines.cancel(tx, visit, isMeant)));
  }

  private discharge(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const info = call.input.has('dscginfo') ? call.input.node('dscginfo') : call.input.node('mdtrtinfo');
    const diagnoses = call.input.has('diseinfo') ? diagnosesOf(call.input) : undefined;
    return this.onVisit(call, tx, info, async (visit) =>
      done(await this.changeVisit.discharge(tx, visit, info.day('endtime'), diagnoses)),
    );
  }

  private undoDischarge(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    return this.onVisit(call, tx, call.input.node('data'), async (visit) =>
      done(await this.changeVisit.undoDischarge(tx, visit)),
    );
  }

  private cancel(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    return this.onVisit(call, tx, call.input.node('data'), async (visit) =>
      done(await this.changeVisit.cancel(tx, visit)),
    );
  }

  private async onVisit(
    call: GatewayCall,
    tx: Transaction,
    node: MessageNode,
    work: (visit: Visit) => Promise<Outcome<Output>>,
  ): Promise<Outcome<Output>> {
    const visit = await ownVisit(tx, call.institutionCode, node.need('mdtrt_id', 30), node.need('psn_no', 30));
    return isRefusal(visit) ? visit : work(visit);
  }
}

const done = (outcome: Outcome<unknown>): Outcome<Output> => (isRefusal(outcome) ? outcome : {});

const diagnosesOf = (input: MessageNode): object[] =>
  input.list('diseinfo').map((row) => ({
    type: row.text('diag_type', 3),
    main: row.flag('maindiag_flag'),
    order: row.text('diag_srt_no', 3),
    code: row.need('diag_code', 30),
    name: row.text('diag_name', 300),
  }));
