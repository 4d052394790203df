import { Injectable } from '@nestjs/common';
import { atShanghai, shanghaiDateTime } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { IdentityNumbers, maskIdentityNumber } from '#shared/identity';
import { EnvelopeProblem } from '#shared/national-interface';
import type { FormOf, RequestOf } from '#shared/national-interface';
import { KeepSelfPayBill } from '../../self-pay/keep-self-pay-bill.js';
import type { GivenSelfPayLine, SelfPayVisit } from '../../self-pay/self-pay-bill.js';
import { findBill, linesOfBill } from '../../self-pay/self-pay.repository.js';
import type { StoredSelfPayBill } from '../../self-pay/self-pay.repository.js';
import { detailsOf, kept } from '../answers/details.js';
import { yuan } from '../answers/settlement-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';
import { checkQuantity, done } from './visit-facts.js';

type PagedCall = GatewayCall<'4207'> | GatewayCall<'4208'> | GatewayCall<'4209'>;
type Lines = RequestOf<FormOf<'4201A'>>['fsiOwnpayPatnFeeListDDTO'] | RequestOf<FormOf<'4205'>>['feedetail'];

/** 4201A–4209: bills of patients who paid all of it. */
@Injectable()
export class SelfPayTransactions extends GatewayTransactions {
  constructor(
    private readonly database: Database,
    private readonly bills: KeepSelfPayBill,
    private readonly identityNumbers: IdentityNumbers,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '4201A' | '4202' | '4203' | '4204' | '4205' | '4206' | '4207' | '4208' | '4209'> = {
    '4201A': async ({ input, institution }, tx) => {
      const rows = input.fsiOwnpayPatnFeeListDDTO;
      return done(await this.bills.lines(tx, institution, visitNoOf(rows), 'inpatient', rows.map(lineOf)));
    },

    '4202': async ({ input, institution }, tx) => {
      const { ownPayPatnMdtrtD: visit, ownPayPatnDiagListD: diagnoses } = input;
      const read = visitOf(visit, diagnoses);
      return done(await this.bills.visit(tx, institution, visit.fixmedins_mdtrt_id, 'inpatient', read));
    },

    '4203': async ({ input: { data }, institution }, tx) =>
      data.cplt_flag === false
        ? {}
        : done(await this.bills.complete(tx, institution.institutionCode, data.fixmedins_mdtrt_id)),

    '4204': async ({ input: { feedetail }, institution }, tx) => {
      for (const { fixmedins_mdtrt_id: visitNo, bkkp_sn: lineNo } of feedetail)
        orThrow(await this.bills.removeLines(tx, institution.institutionCode, visitNo, lineNo));
      return {};
    },

    '4205': async ({ input: { mdtrtinfo, diseinfo, feedetail }, institution }, tx) => {
      const visitNo = mdtrtinfo.fixmedins_mdtrt_id;
      if (visitNoOf(feedetail) !== visitNo) throw new EnvelopeProblem('同一报文的明细应属同一就诊');
      orThrow(await this.bills.visit(tx, institution, visitNo, 'outpatient', visitOf(mdtrtinfo, diseinfo)));
      orThrow(await this.bills.lines(tx, institution, visitNo, 'outpatient', feedetail.map(lineOf)));
      return done(await this.bills.complete(tx, institution.institutionCode, visitNo));
    },

    '4206': async ({ input: { data }, institution }, tx) =>
      done(await this.bills.remove(tx, institution.institutionCode, data.fixmedins_mdtrt_id)),

    '4207': (call) =>
      this.onBill(call, async (bill, tx) =>
        pageOf(
          (await linesOfBill(tx, bill.billId)).map((line) => ({
            fixmedinsMdtrtId: bill.hospitalVisitNo,
            bkkpSn: line.lineNo,
            feeOcurTime: shanghaiDateTime(line.occurredAt),
            medListCodg: line.itemCode,
            medinsListName: kept(line.details, 'medins_list_name'),
            medChrgitmType: line.category,
            cnt: Number(line.quantity),
            pric: Number(line.price),
            detItemFeeSumamt: yuan(line.totalFen),
            fulamtOwnpayAmt: yuan(line.ownExpenseFen),
            overlmtSelfpay: yuan(line.overLimitFen),
            preselfpayAmt: yuan(line.firstPayFen),
            inscpAmt: yuan(line.inScopeFen),
          })),
          call,
        ),
      ),

    '4208': (call) =>
      this.onBill(call, (bill) => Promise.resolve(pageOf(bill.name === null ? [] : [this.visitNode(bill)], call))),

    '4209': (call) =>
      this.onBill(call, (bill) =>
        Promise.resolve(
          pageOf(
            bill.diagnoses.map((one) => ({
              fixmedinsMdtrtId: bill.hospitalVisitNo,
              diagType: one.type,
              maindiagFlag: one.main ? ('1' as const) : ('0' as const),
              diagSrtNo: one.order,
              diagCode: one.code,
              diagName: one.name,
            })),
            call,
          ),
        ),
      ),
  };

  private visitNode(bill: StoredSelfPayBill) {
    const { identityEncrypted } = bill;
    return {
      fixmedinsMdtrtId: bill.hospitalVisitNo,
      fixmedinsCode: bill.institutionCode,
      psnCertType: bill.certificateType,
      certno: identityEncrypted === null ? '' : maskIdentityNumber(this.identityNumbers.decrypt(identityEncrypted)),
      psnName: bill.name ?? '',
      begntime: `${bill.admittedOn ?? ''} 00:00:00`,
      endtime: bill.dischargedOn === null ? null : `${bill.dischargedOn} 00:00:00`,
      medType: bill.medType ?? '',
      medfeeSumamt: yuan(bill.totalFen),
      cpltFlag: bill.completedAt === null ? ('0' as const) : ('1' as const),
    };
  }

  private onBill<T>(call: PagedCall, read: (bill: StoredSelfPayBill, tx: Transaction) => Promise<T>) {
    const { fixmedins_mdtrt_id: visit } = call.input.data;
    return this.database.transaction(async (tx) => {
      const bill = await findBill(tx, call.institution.institutionCode, visit);
      return bill === undefined ? refuse('SELF_PAY_UNKNOWN', { visit }) : read(bill, tx);
    });
  }
}

/** 一次一名患者: all lines of a message belong to one visit. */
function visitNoOf(rows: Lines): string {
  const [first] = rows;
  if (first === undefined || rows.some((row) => row.fixmedins_mdtrt_id !== first.fixmedins_mdtrt_id))
    throw new EnvelopeProblem('同一报文的明细应属同一就诊');
  if (new Set(rows.map(({ bkkp_sn }) => bkkp_sn)).size < rows.length)
    throw new EnvelopeProblem('同一报文内记账流水号重复');
  for (const row of rows) checkQuantity(row);
  return first.fixmedins_mdtrt_id;
}

const reckoned = ['bkkp_sn', 'cnt', 'pric', 'med_list_codg', 'med_chrgitm_type', 'fixmedins_mdtrt_id'];

const lineOf = (row: Lines[number]): GivenSelfPayLine => ({
  lineNo: row.bkkp_sn,
  itemCode: row.med_list_codg,
  category: row.med_chrgitm_type,
  price: row.pric,
  quantity: row.cnt,
  amountFen: row.det_item_fee_sumamt,
  occurredAt: atShanghai(row.fee_ocur_time.slice(0, 10), row.fee_ocur_time.slice(11)),
  details: detailsOf({ ...row }, reckoned),
});

type VisitRow = RequestOf<FormOf<'4205'>>['mdtrtinfo'];
type DiagnosisRow = RequestOf<FormOf<'4205'>>['diseinfo'][number];
const identityCard = '01';

function visitOf(visit: VisitRow, diagnoses: readonly DiagnosisRow[]): SelfPayVisit {
  const admittedOn = visit.begntime.slice(0, 10);
  const dischargedOn = visit.endtime?.slice(0, 10) ?? null;
  if (dischargedOn !== null && dischargedOn < admittedOn) throw new EnvelopeProblem('结束时间早于开始时间');
  return {
    medType: visit.med_type,
    certificateType: visit.psn_cert_type ?? identityCard,
    identityNumber: visit.certno,
    name: visit.psn_name,
    admittedOn,
    dischargedOn,
    statedTotalFen: visit.medfee_sumamt,
    details: detailsOf({ ...visit }, ['psn_name', 'fixmedins_mdtrt_id', 'med_type', 'psn_cert_type']),
    diagnoses: diagnoses.map((row, index) => ({
      type: row.diag_type,
      main: row.maindiag_flag ?? index === 0,
      order: row.diag_srt_no,
      code: row.diag_code,
      name: row.diag_name,
    })),
  };
}

/** 分页: one page of rows that are all there. */
function pageOf<T>(rows: readonly T[], { input: { data } }: PagedCall) {
  const { page_num: page, page_size: size } = data;
  if (page < 1 || size < 1) throw new EnvelopeProblem('分页应从第 1 页起，每页至少 1 行');
  return {
    recordCounts: rows.length,
    pages: Math.max(1, Math.ceil(rows.length / size)),
    data: rows.slice((page - 1) * size, page * size),
  };
}
