import { Injectable } from '@nestjs/common';
import { addDays, Clock, shanghaiDateTime, atShanghai } from '#shared/clock';
import { one } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { DeclareCharges } from '../../declaration/declare-charges.js';
import { compareTotals } from '../../reconciliation/reconciliation.js';
import { keepStatement, treatmentTotals } from '../../reconciliation/reconciliation.repository.js';
import type { Group } from '../../reconciliation/reconciliation.repository.js';
import { ReconcileDetails } from '../../reconciliation/reconcile-details.js';
import { readStatementFile } from '../../reconciliation/statement-file.js';
import type { Output } from '../envelope.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, GatewayTransaction } from '../gateway-transaction.js';
import { EnvelopeProblem } from '../message-node.js';
import type { MessageNode } from '../message-node.js';

type Run = (call: GatewayCall, tx: Transaction) => Promise<Outcome<Output>>;
const once = (run: Run): GatewayTransaction => ({ kind: 'once', run });
const keepFilesDays = 30;

/** 3201–3203 and 9101: totals, details, declaration, and the file that the details come in. */
@Injectable()
export class ReconciliationTransactions extends GatewayTransactions {
  readonly table: Readonly<Record<string, GatewayTransaction>> = {
    '3201': once((call, tx) => this.totals(call, tx)),
    '3202': once((call, tx) => this.details(call, tx)),
    '3203': once((call, tx) => this.declare(call, tx)),
    '9101': once((call, tx) => this.upload(call, tx)),
  };

  constructor(
    private readonly clock: Clock,
    private readonly reconcileDetails: ReconcileDetails,
    private readonly declareCharges: DeclareCharges,
  ) {
    super();
  }

  private async totals(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const group: Group = { ...groupOf(call, data), scheme: data.need('insutype', 6) };
    const withRefunds = (data.text('refd_setl_flag') || data.text('REFD_SETL_FLAG')) !== '0';
    const stated = {
      settlements: data.count('fixmedins_setl_cnt'),
      totalFen: data.yuan('medfee_sumamt'),
      fundFen: data.yuan('fund_pay_sumamt'),
      accountFen: data.yuan('acct_pay'),
    };
    const problems = compareTotals(stated, await treatmentTotals(tx, group, withRefunds));
    const balanced = problems.length === 0;
    const treatmentArea = call.institution.area;
    await keepStatement(tx, group, { treatmentArea, stated, withRefunds, balanced, at: this.clock.now() });
    return {
      stmtinfo: {
        setl_optins: call.institution.area,
        stmt_rslt: balanced ? '0' : '1',
        stmt_rslt_dscr: balanced ? '对账平衡' : `对账不平：${problems.join('；')}。请用 3202 对明细账。`,
      },
    };
  }

  private async details(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const fileNo = data.need('file_qury_no', 30);
    const file = await one<{ content: Buffer }>(
      tx,
      'select content from uploaded_file where file_no = $1 and institution_code = $2',
      [fileNo, call.institutionCode],
    );
    if (file === undefined) return refuse('FILE_UNKNOWN', { fileNo });
    const lines = readStatementFile(file.content);
    if (isRefusal(lines)) return lines;
    const group = { ...groupOf(call, data), scheme: null };
    const found = await this.reconcileDetails.execute(tx, group, lines);
    return {
      fileinfo: {
        file_qury_no: fileNo,
        filename: `${call.institutionCode}-${group.from}.txt`,
        dld_endtime: shanghaiDateTime(atShanghai(addDays(this.clock.today(), keepFilesDays), '23:59')),
        stmt_rslt: found.length === 0 ? '0' : '1',
        stmt_rslt_dscr: found.length === 0 ? '明细一致' : `${found.length} 笔不一致`,
      },
    };
  }

  private async declare(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const month = data.need('setlym', 6);
    if (!/^\d{4}(0[1-9]|1[0-2])$/.test(month)) throw new EnvelopeProblem('字段 setlym 应为 yyyyMM');
    const declared = await this.declareCharges.execute(tx, {
      institution: call.institution,
      month: `${month.slice(0, 4)}-${month.slice(4)}`,
      setting: settingOf(data.need('clr_type', 6)),
      totalFen: data.yuan('medfee_sumamt'),
      fundFen: data.yuan('fund_appy_sum'),
      accountFen: data.yuan('acct_pay'),
      cashFen: data.yuan('cash_payamt'),
    });
    return isRefusal(declared) ? declared : { result: { clr_appy_evt_id: declared.declarationId } };
  }

  private async upload(call: GatewayCall, tx: Transaction): Promise<Outcome<Output>> {
    const info = call.input.node('fsUploadIn');
    const content = Buffer.from(info.need('in', 16_000_000), 'base64');
    const name = info.need('filename', 200);
    const next = await one<{ n: bigint }>(tx, `select nextval('uploaded_file_number') as n`);
    const fileNo = `F${this.clock.today().replaceAll('-', '')}${String(next?.n ?? 0n).padStart(9, '0')}`;
    await tx.query(
      'insert into uploaded_file (file_no, institution_code, name, content, uploaded_at) values ($1, $2, $3, $4, $5)',
      [...[fileNo, call.institutionCode, name, content, this.clock.now()]],
    );
    return { file_qury_no: fileNo, filename: name, fixmedins_code: call.institutionCode };
  }
}

function settingOf(clearingType: string): 'inpatient' | 'outpatient' {
  if (clearingType === '21') return 'inpatient';
  if (clearingType === '11') return 'outpatient';
  throw new EnvelopeProblem('字段 clr_type 应为 11（门诊）或 21（住院）');
}

const groupOf = (call: GatewayCall, data: MessageNode): Omit<Group, 'scheme'> => ({
  institutionCode: call.institutionCode,
  setting: settingOf(data.need('clr_type', 6)),
  from: data.day('stmt_begndate'),
  to: data.day('stmt_enddate'),
});
