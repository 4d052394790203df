import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { isRefusal, refuse } from '#shared/errors';
import type { Refusal } from '#shared/errors';
import { formatYuan, sum } from '#shared/money';
import { EnvelopeProblem } from '#shared/national-interface';
import type { FormOf, RequestOf } from '#shared/national-interface';
import { DeclareCharges } from '../../declaration/declare-charges.js';
import { compareTotals } from '../../reconciliation/reconciliation.js';
import type { PartyLine } from '../../reconciliation/reconciliation.js';
import { keepStatement, treatmentTotals } from '../../reconciliation/reconciliation.repository.js';
import type { Group } from '../../reconciliation/reconciliation.repository.js';
import { ReconcileDetails } from '../../reconciliation/reconcile-details.js';
import { readStatementFile } from '../../reconciliation/statement-file.js';
import { InstitutionFiles } from '../institution-files.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';
import { resultFile } from '../answers/statement-result.js';

type StatementRequest = RequestOf<FormOf<'3202'>>['data'];

/** 3201–3203: totals, details, declaration. */
@Injectable()
export class ReconciliationTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly reconcileDetails: ReconcileDetails,
    private readonly declareCharges: DeclareCharges,
    private readonly files: InstitutionFiles,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '3201' | '3202' | '3203'> = {
    '3201': async (call, tx) => {
      const { data } = call.input;
      const group: Group = { ...groupOf(call), scheme: data.insutype };
      const stated = {
        settlements: data.fixmedins_setl_cnt,
        totalFen: data.medfee_sumamt,
        fundFen: data.fund_pay_sumamt,
        accountFen: data.acct_pay,
      };
      const withRefunds = data.refd_setl_flag !== '0';
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
    },

    '3202': async (call, tx) => {
      const { data } = call.input;
      const file = await this.files.find(tx, call.institution.institutionCode, data.file_qury_no);
      if (file === undefined) return refuse('FILE_UNKNOWN', { fileNo: data.file_qury_no });
      const lines = readStatementFile(file.content);
      if (isRefusal(lines)) return lines;
      const wrong = sumsDiffer(data, lines);
      if (wrong !== undefined) return wrong;
      const found = await this.reconcileDetails.execute(tx, { ...groupOf(call), scheme: null }, lines);
      const { institutionCode } = call.institution;
      const result = await resultFile(tx, institutionCode, found, `${institutionCode}-${data.stmt_begndate}`);
      const stored = await this.files.keep(tx, call.institution, result);
      return { fileinfo: { file_qury_no: stored.fileNo, filename: result.name, dld_endtime: stored.until } };
    },

    '3203': async (call, tx) => {
      const { data } = call.input;
      if (!/^\d{4}(0[1-9]|1[0-2])$/.test(data.setlym)) throw new EnvelopeProblem('字段 setlym 应为 yyyyMM');
      const declared = await this.declareCharges.execute(tx, {
        institution: call.institution,
        month: `${data.setlym.slice(0, 4)}-${data.setlym.slice(4)}`,
        setting: settingOf(data.clr_type),
        totalFen: data.medfee_sumamt,
        fundFen: data.fund_appy_sum,
        accountFen: data.acct_pay,
        cashFen: data.cash_payamt,
      });
      return isRefusal(declared) ? declared : { result: { clr_appy_evt_id: declared.declarationId } };
    },
  };
}

function settingOf(clearingType: string): 'inpatient' | 'outpatient' {
  if (clearingType === '21') return 'inpatient';
  if (clearingType === '11') return 'outpatient';
  throw new EnvelopeProblem('字段 clr_type 应为 11（门诊）或 21（住院）');
}

function groupOf({ institution, input: { data } }: GatewayCall<'3201'> | GatewayCall<'3202'>): Omit<Group, 'scheme'> {
  if (data.stmt_enddate < data.stmt_begndate) throw new EnvelopeProblem('对账结束日期早于开始日期');
  return {
    institutionCode: institution.institutionCode,
    setting: settingOf(data.clr_type),
    from: data.stmt_begndate,
    to: data.stmt_enddate,
  };
}

/** The file must say what the message says of it. */
function sumsDiffer(data: StatementRequest, lines: readonly PartyLine[]): Refusal | undefined {
  const total = sum(lines.map(({ totalFen }) => totalFen));
  const fund = sum(lines.map(({ fundFen }) => fundFen));
  const differences = [
    ...(lines.length === data.fixmedins_setl_cnt ? [] : [`笔数 ${data.fixmedins_setl_cnt}，文件 ${lines.length}`]),
    ...(total === data.medfee_sumamt ? [] : [`总额 ${formatYuan(data.medfee_sumamt)}，文件 ${formatYuan(total)}`]),
    ...(fund === data.fund_pay_sumamt ? [] : [`基金 ${formatYuan(data.fund_pay_sumamt)}，文件 ${formatYuan(fund)}`]),
  ];
  return differences.length === 0 ? undefined : refuse('STATEMENT_SUM_WRONG', { what: differences.join('；') });
}
