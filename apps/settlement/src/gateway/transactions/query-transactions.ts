import { Injectable } from '@nestjs/common';
import { Clock, monthOf, shanghaiDateTime } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { EnvelopeProblem } from '#shared/national-interface';
import { areaName, samePool } from '#shared/regions';
import { filingsOf, qualificationsOf } from '../../person/known-person.repository.js';
import { findSettlement } from '../../settlement/settlement.repository.js';
import { seenPerson } from '../caller/caller.repository.js';
import type { SeenPerson } from '../caller/caller.repository.js';
import { accumulatedNodes } from '../answers/accumulated-nodes.js';
import { filingCategoryNames, filingStatusNames } from '../../person/filing-names.js';
import { personNodes } from '../answers/person-nodes.js';
import { storedSettlementNodes } from '../answers/stored-settlement-nodes.js';
import { diagnosisNodes, feeLineNode, visitNode } from '../answers/visit-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';
import { findLines, findVisits, yearTotals } from '../visit-queries.repository.js';
import type { FoundVisit } from '../visit-queries.repository.js';

interface Named {
  readonly psn_no: string;
  readonly mdtrt_id: string;
}

/** 5201–5304: what is known of an institution's own visits, and of the persons whom it has identified. */
@Injectable()
export class QueryTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '5201' | '5202' | '5203' | '5204' | '5206' | '5301' | '5303' | '5304'> = {
    '5201': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (person, tx) => {
        const { data } = call.input;
        if (data.endtime < data.begntime) throw new EnvelopeProblem('结束时间早于开始时间');
        const found = await findVisits(tx, {
          institutionCode: call.institution.institutionCode,
          personNo: data.psn_no,
          visitId: data.mdtrt_id,
          medType: data.med_type,
          from: data.begntime.slice(0, 10),
          to: data.endtime.slice(0, 10),
        });
        return { mdtrtinfo: found.map((visit) => visitNode(visit, person, this.clock.today())) };
      }),

    '5202': (call) =>
      this.onVisit(call, call.input.data, (visit) => Promise.resolve({ diseinfo: diagnosisNodes(visit) })),

    '5203': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (person, tx) => {
        const { setl_id: settlementId, mdtrt_id: visitId, psn_no: personNo } = call.input.data;
        const settlement = await findSettlement(tx, settlementId);
        const [visit] = await findVisits(tx, { institutionCode: call.institution.institutionCode, personNo, visitId });
        return settlement?.visitId !== visitId || visit === undefined
          ? refuse('SETTLEMENT_UNKNOWN')
          : storedSettlementNodes(settlement, visit, person, call.institution);
      }),

    '5204': (call) =>
      this.onVisit(call, call.input.data, async (visit, tx) => {
        const { setl_id: settlementId } = call.input.data;
        const settlement = settlementId === null ? undefined : await findSettlement(tx, settlementId);
        if (settlementId !== null && settlement?.visitId !== visit.visitId) return refuse('SETTLEMENT_UNKNOWN');
        const lines = await findLines(tx, visit.visitId, settlement?.refundOf ?? settlement?.settlementId ?? null);
        return lines.map((line) => feeLineNode(line, visit));
      }),

    '5206': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (_person, tx) => {
        const { cum_ym: asked, psn_no: personNo } = call.input.data;
        if (asked !== null && !/^\d{4}(0[1-9]|1[0-2])?$/.test(asked))
          throw new EnvelopeProblem('字段 cum_ym 应为 yyyyMM');
        const month = asked ?? monthOf(this.clock.today()).replace('-', '');
        const totals = await yearTotals(tx, personNo);
        const ofYear = totals.filter(({ year }) => String(year) === month.slice(0, 4));
        return { cuminfo: accumulatedNodes(ofYear, month.padEnd(6, '12')) };
      }),

    '5301': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (_person, tx) => {
        const found = await qualificationsOf(tx, call.input.data.psn_no);
        return {
          feedetail: found.map((one) => ({
            opsp_dise_code: one.diseaseCode,
            opsp_dise_name: one.diseaseName,
            begndate: one.from,
            enddate: one.to,
          })),
        };
      }),

    '5303': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (person, tx) => {
        const { data } = call.input;
        const { institutionCode, area } = call.institution;
        const wanted = { institutionCode, personNo: data.psn_no, to: data.endtime?.slice(0, 10), admittedOnly: true };
        const today = this.clock.today();
        return {
          data: (await findVisits(tx, wanted)).map((visit) => ({
            mdtrt_id: visit.visitId,
            ...personNodes(person, person.maskedCertificate, today),
            insutype: visit.scheme,
            begndate: visit.admittedOn,
            med_type: visit.medType,
            ipt_otp_no: visit.hospitalNo,
            out_flag: samePool(visit.homeArea, area) ? ('0' as const) : ('1' as const),
          })),
        };
      }),

    '5304': (call) =>
      this.onPerson(call, call.input.data.psn_no, async (person, tx) => {
        const filings = await filingsOf(tx, [person.personNo]);
        return { refmedin: filings.map((filing) => filingNode(filing, person, this.clock.now())) };
      }),
  };

  private onPerson<T>(
    call: Pick<GatewayCall, 'institution'>,
    personNo: string,
    read: (person: SeenPerson, tx: Transaction) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    return this.database.transaction(async (tx) => {
      const person = await seenPerson(tx, call.institution.institutionCode, personNo);
      return isRefusal(person) ? person : read(person, tx);
    });
  }

  private onVisit<T>(
    call: Pick<GatewayCall, 'institution'>,
    { psn_no: personNo, mdtrt_id: visitId }: Named,
    read: (visit: FoundVisit, tx: Transaction) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { institutionCode } = call.institution;
    return this.database.transaction(async (tx) => {
      const [visit] = await findVisits(tx, { institutionCode, personNo, visitId });
      return visit === undefined ? refuse('VISIT_UNKNOWN') : read(visit, tx);
    });
  }
}

type Filing = Awaited<ReturnType<typeof filingsOf>>[number];

function filingNode(filing: Filing, person: SeenPerson, now: Date) {
  return {
    insutype: null,
    dcla_souc: null,
    ...personNodes(person, person.maskedCertificate, shanghaiDateTime(now).slice(0, 10)),
    tel: null,
    addr: null,
    insu_optins: person.homeArea,
    emp_name: null,
    diag_code: null,
    diag_name: null,
    dise_cond_dscr: null,
    reflin_medins_no: null,
    reflin_medins_name: null,
    mdtrtarea_admdvs: filing.destination,
    out_flag: '1' as const,
    refl_date: filing.decidedOn,
    refl_rea: filingCategoryNames[filing.category],
    refl_opnn: `备案至${areaName(filing.destination)}，${filingStatusNames[filing.status]}`,
    begndate: filing.validFrom,
    enddate: filing.validTo,
    hosp_agre_refl_flag: filing.category === 'referral' ? ('1' as const) : null,
    opter_id: null,
    opter_name: null,
    opt_time: null,
  };
}
