import { shanghaiDateTime } from '#shared/clock';
import { samePool, sameProvince } from '#shared/regions';
import type { AnswerFrom, FormOf } from '#shared/national-interface';
import type { Institution } from '../../institution/institution.js';
import { fundTotal } from '../../settlement/settlement.js';
import type { StoredSettlement } from '../../settlement/settlement.repository.js';
import type { SeenPerson } from '../caller/caller.repository.js';
import type { FoundVisit } from '../visit-queries.repository.js';
import { kept } from './details.js';
import { hospitalLevelOf } from './hospital-level.js';
import { personOfQuery } from './person-nodes.js';
import { clearingTypeOf, detailNodes, fundNodes, ratioNode, scopeNodes, yuan } from './settlement-nodes.js';

/** 支付地点: 2 within the pool, 3 within the province, 4 across provinces. */
const placeOf = ({ homeArea, treatmentArea }: StoredSettlement): string =>
  samePool(homeArea, treatmentArea) ? '2' : sameProvince(homeArea, treatmentArea) ? '3' : '4';

/** 结算信息 (5203): a settlement or a refund as it is kept. */
export function storedSettlementNodes(
  one: StoredSettlement,
  visit: FoundVisit,
  person: SeenPerson,
  institution: Institution,
): AnswerFrom<FormOf<'5203'>> {
  const level = hospitalLevelOf(institution.level);
  return {
    setlinfo: {
      setl_id: one.settlementId,
      mdtrt_id: one.visitId,
      ...personOfQuery(person, one.scheme, one.settledOn),
      pay_loc: placeOf(one),
      fixmedins_code: institution.institutionCode,
      fixmedins_name: institution.name,
      hosp_lv: level,
      fixmedins_poolarea: institution.area,
      lmtpric_hosp_lv: level,
      dedc_hosp_lv: level,
      begndate: one.admittedOn,
      enddate: visit.dischargedOn ?? one.settledOn,
      setl_time: shanghaiDateTime(one.settledAt),
      mdtrt_cert_type: kept(visit.details, 'mdtrt_cert_type'),
      med_type: one.medType,
      clr_type: clearingTypeOf(one.setting),
      clr_way: '1',
      clr_optins: one.treatmentArea,
      medfee_sumamt: yuan(one.totalFen),
      ...scopeNodes(one),
      act_pay_dedc: yuan(one.deductibleFen),
      pool_prop_selfpay: ratioNode(one),
      ...fundNodes(one),
      hosp_part_amt: yuan(one.hospitalFen),
      fund_pay_sumamt: yuan(fundTotal(one)),
      psn_pay: yuan(one.personalAccountFen + one.cashFen),
      acct_pay: yuan(one.personalAccountFen),
      cash_payamt: yuan(one.cashFen),
      balc: yuan(one.accountBalanceAfterFen),
      acct_mulaid_pay: 0,
      medins_setl_id: one.msgid,
      refd_setl_flag: one.kind === 'refund' ? '1' : '0',
      year: one.settledOn.slice(0, 4),
      dise_codg: kept(visit.details, 'dise_codg'),
      dise_name: kept(visit.details, 'dise_name'),
      invono: one.invoiceNo,
      opter_id: null,
      opter_name: null,
      opt_time: shanghaiDateTime(one.settledAt),
    },
    setldetail: detailNodes(one, one.kind === 'refund' ? '退费' : null),
  };
}
