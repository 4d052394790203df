import { strToU8, zipSync } from 'fflate';
import type { Month } from '#shared/clock';
import { firstDay, lastDay, monthOf } from '#shared/clock';
import { formatYuan, parseYuan, sum } from '#shared/money';
import type { Doors, Json } from '../doors.js';
import { institutions, persons } from '../world.js';
import type { InstitutionKey } from '../world.js';
import type { SettledVisit } from './hospital-desk.js';

interface BookLine {
  readonly institution: InstitutionKey;
  readonly day: string;
  readonly scheme: string;
  readonly clearingType: '11' | '21';
  readonly settlementId: string;
  readonly visitId: string;
  readonly personNo: string;
  readonly refund: boolean;
  readonly total: bigint;
  readonly fund: bigint;
  readonly account: bigint;
  readonly cash: bigint;
}

export interface Statement {
  readonly balanced: boolean;
  readonly text: string;
}

/** What each hospital wrote down itself: the source of its statements (3201, 3202) and of its declaration (3203). */
export class HospitalBooks {
  private readonly lines: BookLine[] = [];

  constructor(private readonly doors: Doors) {}

  record(settled: SettledVisit, day: string, setlinfo: Json, refund = false): void {
    const person = persons[settled.fact.person];
    this.lines.push({
      institution: settled.fact.institution,
      day,
      scheme: person.scheme,
      clearingType: settled.fact.kind === 'outpatient' ? '11' : '21',
      settlementId: String(setlinfo['setl_id']),
      visitId: settled.visitId,
      personNo: person.personNo,
      refund,
      total: parseYuan(String(setlinfo['medfee_sumamt'])),
      fund: parseYuan(String(setlinfo['fund_pay_sumamt'])),
      account: parseYuan(String(setlinfo['acct_pay'])),
      cash: parseYuan(String(setlinfo['psn_cash_pay'])),
    });
  }

  private on(key: InstitutionKey, day: string): BookLine[] {
    return this.lines.filter((line) => line.institution === key && line.day === day);
  }

  private groups(lines: readonly BookLine[]): BookLine[][] {
    const groups = new Map<string, BookLine[]>();
    for (const line of lines) {
      const name = `${line.scheme} ${line.clearingType}`;
      groups.set(name, [...(groups.get(name) ?? []), line]);
    }
    return [...groups.values()];
  }

  /** 3201 for every group of the day; `forget` leaves settlements out, as a faulty export does. */
  async sendTotals(key: InstitutionKey, day: string, forget: readonly string[] = []): Promise<Statement[]> {
    const statements: Statement[] = [];
    for (const group of this.groups(this.on(key, day))) {
      const kept = group.filter(({ settlementId }) => !forget.includes(settlementId));
      const output = await this.doors.settle(institutions[key], '3201', {
        data: {
          insutype: group[0]?.scheme,
          clr_type: group[0]?.clearingType,
          setl_optins: institutions[key].area,
          stmt_begndate: day,
          stmt_enddate: day,
          medfee_sumamt: formatYuan(sum(kept.map(({ total }) => total))),
          fund_pay_sumamt: formatYuan(sum(kept.map(({ fund }) => fund))),
          acct_pay: formatYuan(sum(kept.map(({ account }) => account))),
          fixmedins_setl_cnt: kept.length,
          refd_setl_flag: '1',
        },
      });
      const info = output['stmtinfo'] as Json;
      statements.push({ balanced: info['stmt_rslt'] === '0', text: String(info['stmt_rslt_dscr']) });
    }
    return statements;
  }

  /** 9101 + 3202: the detail file of the day, one zipped TAB file. */
  async sendDetails(key: InstitutionKey, day: string, forget: readonly string[] = []): Promise<void> {
    const institution = institutions[key];
    for (const group of this.groups(this.on(key, day))) {
      const kept = group.filter(({ settlementId }) => !forget.includes(settlementId));
      const text = kept
        .map((line) =>
          [
            line.settlementId,
            line.visitId,
            line.personNo,
            formatYuan(line.total),
            formatYuan(line.fund),
            formatYuan(line.account),
            line.refund ? '1' : '0',
          ].join('\t'),
        )
        .join('\n');
      const zipped = zipSync({ [`${day}.txt`]: strToU8(text) });
      const file = await this.doors.settle(institution, '9101', {
        fsUploadIn: {
          in: Buffer.from(zipped).toString('base64'),
          filename: `${institution.code}-${day}.zip`,
          fixmedins_code: institution.code,
        },
      });
      const stored = (file['fsUploadIn'] ?? file['data'] ?? file) as Json;
      await this.doors.settle(institution, '3202', {
        data: {
          setl_optins: institution.area,
          file_qury_no: stored['file_qury_no'],
          stmt_begndate: day,
          stmt_enddate: day,
          clr_type: group[0]?.clearingType,
          medfee_sumamt: formatYuan(sum(kept.map(({ total }) => total))),
          fund_pay_sumamt: formatYuan(sum(kept.map(({ fund }) => fund))),
          cash_payamt: formatYuan(sum(kept.map(({ cash }) => cash))),
          fixmedins_setl_cnt: kept.length,
          refd_setl_flag: '1',
        },
      });
    }
  }

  /** 3203: declares the month, once per clearing type; the amounts are the hospital's own sums. */
  async declare(key: InstitutionKey, month: Month): Promise<void> {
    for (const clearingType of ['11', '21'] as const) {
      const input = this.declarationInput(key, month, clearingType);
      if (input !== undefined) await this.doors.settle(institutions[key], '3203', input);
    }
  }

  /** Undefined when there was no treatment of this kind. */
  declarationInput(key: InstitutionKey, month: Month, clearingType: '11' | '21'): { data: Json } | undefined {
    const lines = this.lines.filter(
      (line) => line.institution === key && monthOf(line.day) === month && line.clearingType === clearingType,
    );
    if (lines.length === 0) return undefined;
    return {
      data: {
        clr_type: clearingType,
        clr_way: '1',
        setlym: month.replace('-', ''),
        psntime: lines.length,
        medfee_sumamt: formatYuan(sum(lines.map(({ total }) => total))),
        med_sumfee: formatYuan(sum(lines.map(({ total }) => total))),
        fund_appy_sum: formatYuan(sum(lines.map(({ fund }) => fund))),
        cash_payamt: formatYuan(sum(lines.map(({ cash }) => cash))),
        acct_pay: formatYuan(sum(lines.map(({ account }) => account))),
        begndate: firstDay(month),
        enddate: lastDay(month),
      },
    };
  }
}
