import { Injectable } from '@nestjs/common';
import { isRefusal, refuse } from '#shared/errors';
import { missingService, serviceNames } from '../../institution/rules/kind-of-service.js';
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

const ordinaryOutpatient = '11';

/** 2201–2205: everything about an outpatient visit that is not its settlement. */
@Injectable()
export class OutpatientTransactions extends GatewayTransactions {
  constructor(
    private readonly openVisit: OpenVisit,
    private readonly changeVisit: ChangeVisit,
    private readonly recordLines: RecordLines,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '2201' | '2202' | '2203' | '2204' | '2205'> = {
    '2201': async ({ input: { data }, institution, envelope }, tx) => {
      const person = await seenPerson(tx, institution.institutionCode, data.psn_no);
      if (isRefusal(person)) return person;
      const medType = data.med_type ?? ordinaryOutpatient;
      const visit = await this.openVisit.execute(tx, {
        institution,
        personNo: data.psn_no,
        scheme: data.insutype,
        setting: 'outpatient',
        medType,
        emergency: isEmergency(medType, data),
        hospitalNo: data.ipt_otp_no,
        admittedOn: data.begntime.slice(0, 10),
        diagnoses: [],
        statedHomeArea: envelope.insuplc_admdvs,
        details: { ...detailsOf(data, ['med_type', 'ipt_otp_no']), ...heldForm(data, heldByHospital.commitment) },
      });
      if (isRefusal(visit)) return visit;
      return { data: { mdtrt_id: visit.visitId, psn_no: visit.personNo, ipt_otp_no: visit.hospitalNo } };
    },

    '2202': async (call, tx) => {
      const visit = await visitOf(call, tx, call.input.data, 'outpatient');
      return isRefusal(visit) ? visit : done(await this.changeVisit.cancel(tx, visit));
    },

    '2203': async (call, tx) => {
      const { mdtrtinfo, diseinfo } = call.input;
      const visit = await visitOf(call, tx, mdtrtinfo, 'outpatient');
      if (isRefusal(visit)) return visit;
      const medType = mdtrtinfo.med_type ?? visit.medType;
      const missing = missingService(call.institution, 'outpatient', medType);
      if (medType !== visit.medType && missing !== undefined)
        return refuse('SERVICE_NOT_OFFERED', { service: serviceNames[missing] });
      return done(
        await this.changeVisit.describe(tx, visit, {
          medType,
          emergency: visit.emergency || isEmergency(medType, mdtrtinfo),
          diagnoses: diagnosesOf(diseinfo, '1'),
          details: {
            ...detailsOf(mdtrtinfo, ['med_type', 'begntime']),
            ...heldForm(mdtrtinfo, heldByHospital.commitment),
          },
        }),
      );
    },

    '2204': async (call, tx) => {
      const { visitId, personNo, lines, emergency } = linesOf(call.input.feedetail);
      const visit = await visitOf(call, tx, { mdtrt_id: visitId, psn_no: personNo }, 'outpatient');
      if (isRefusal(visit)) return visit;
      const recorded = await this.recordLines.execute(tx, visit, lines, call.msgid);
      if (emergency && !isRefusal(recorded)) await changeVisit(tx, visitId, { emergency });
      return isRefusal(recorded) ? recorded : { result: recorded.map(lineNode) };
    },

    '2205': async (call, tx) => {
      const { data } = call.input;
      const visit = await visitOf(call, tx, data, 'outpatient');
      if (isRefusal(visit)) return visit;
      const isMeant = (line: FeeLine): boolean =>
        data.chrg_bchno === '0000' ? line.settlementId === null : line.batchNo === data.chrg_bchno;
      return done(await this.recordLines.cancel(tx, visit, isMeant));
    },
  };
}
