import { Injectable } from '@nestjs/common';
import { isRefusal } from '#shared/errors';
import { EnvelopeProblem } from '#shared/national-interface';
import { ChangeVisit } from '../../visit/change-visit.js';
import { OpenVisit } from '../../visit/open-visit.js';
import { RecordLines } from '../../visit/record-lines.js';
import { heldByHospital } from '../../visit-papers/visit-paper.js';
import { changeVisit } from '../../visit/visit.repository.js';
import type { FeeLine } from '../../visit/visit.js';
import { seenPerson } from '../caller/caller.repository.js';
import { detailsOf } from '../answers/details.js';
import { lineNode } from '../answers/fee-line-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { Handlers } from '../gateway-transaction.js';
import { diagnosesOf, done, heldForm, isEmergency, linesOf, visitOf } from './visit-facts.js';

/** 2301, 2302 and 2401–2405: everything about a stay that is not its settlement. */
@Injectable()
export class InpatientTransactions extends GatewayTransactions {
  constructor(
    private readonly openVisit: OpenVisit,
    private readonly changeVisit: ChangeVisit,
    private readonly recordLines: RecordLines,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '2301' | '2302' | '2401' | '2402' | '2403' | '2404' | '2405'> = {
    '2401': async ({ input: { mdtrtinfo, diseinfo }, institution, envelope }, tx) => {
      const person = await seenPerson(tx, institution.institutionCode, mdtrtinfo.psn_no);
      if (isRefusal(person)) return person;
      const visit = await this.openVisit.execute(tx, {
        institution,
        personNo: mdtrtinfo.psn_no,
        scheme: mdtrtinfo.insutype,
        setting: 'inpatient',
        medType: mdtrtinfo.med_type,
        emergency: isEmergency(mdtrtinfo.med_type, mdtrtinfo),
        hospitalNo: mdtrtinfo.ipt_no,
        admittedOn: mdtrtinfo.begntime.slice(0, 10),
        diagnoses: diagnosesOf(diseinfo, '1'),
        statedHomeArea: envelope.insuplc_admdvs,
        details: { ...detailsOf(mdtrtinfo, ['med_type', 'ipt_no']), ...heldForm(mdtrtinfo, heldByHospital.commitment) },
      });
      return isRefusal(visit) ? visit : { result: { mdtrt_id: visit.visitId } };
    },

    '2402': async (call, tx) => {
      const { dscginfo, diseinfo } = call.input;
      const visit = await visitOf(call, tx, dscginfo, 'inpatient');
      if (isRefusal(visit)) return visit;
      const diagnoses = diseinfo.length === 0 ? undefined : diagnosesOf(diseinfo, '2');
      const dischargedOn = dscginfo.endtime.slice(0, 10);
      return done(await this.changeVisit.discharge(tx, visit, dischargedOn, diagnoses, detailsOf(dscginfo)));
    },

    '2403': async (call, tx) => {
      const { adminfo, diseinfo } = call.input;
      const visit = await visitOf(call, tx, adminfo, 'inpatient');
      if (isRefusal(visit)) return visit;
      const medType = adminfo.med_type ?? visit.medType;
      return done(
        await this.changeVisit.describe(tx, visit, {
          medType,
          emergency: visit.emergency || isEmergency(medType, adminfo),
          hospitalNo: adminfo.ipt_otp_no ?? undefined,
          admittedOn: adminfo.begntime?.slice(0, 10),
          diagnoses: diseinfo.length === 0 ? undefined : diagnosesOf(diseinfo, '1'),
          details: {
            ...detailsOf(adminfo, ['med_type', 'ipt_otp_no', 'endtime']),
            ...heldForm(adminfo, heldByHospital.commitment),
          },
        }),
      );
    },

    '2404': async (call, tx) => {
      const visit = await visitOf(call, tx, call.input.data, 'inpatient');
      return isRefusal(visit) ? visit : done(await this.changeVisit.cancel(tx, visit));
    },

    '2405': async (call, tx) => {
      const visit = await visitOf(call, tx, call.input.data, 'inpatient');
      return isRefusal(visit) ? visit : done(await this.changeVisit.undoDischarge(tx, visit));
    },

    '2301': async (call, tx) => {
      const { visitId, personNo, lines, emergency } = linesOf(call.input.feedetail);
      const visit = await visitOf(call, tx, { mdtrt_id: visitId, psn_no: personNo }, 'inpatient');
      if (isRefusal(visit)) return visit;
      const recorded = await this.recordLines.execute(tx, visit, lines, call.msgid);
      if (emergency && !isRefusal(recorded)) await changeVisit(tx, visitId, { emergency });
      return isRefusal(recorded) ? recorded : { result: recorded.map(lineNode) };
    },

    '2302': async (call, tx) => {
      const rows = call.input.data;
      const [first] = rows;
      if (first === undefined || rows.some(({ mdtrt_id }) => mdtrt_id !== first.mdtrt_id))
        throw new EnvelopeProblem('同一报文的明细应属同一就诊');
      const visit = await visitOf(call, tx, first, 'inpatient');
      if (isRefusal(visit)) return visit;
      const named = new Set(rows.map(({ feedetl_sn }) => feedetl_sn));
      const isMeant = (line: FeeLine): boolean =>
        named.has('0000') ? line.settlementId === null : named.has(line.lineNo);
      return done(await this.recordLines.cancel(tx, visit, isMeant));
    },
  };
}
