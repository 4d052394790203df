import type { Json } from '../doors.js';
import { StoryBroken } from '../story-broken.js';
import { clerk } from '../people.js';
import { institutions, persons } from '../world.js';
import type { InstitutionKey } from '../world.js';
import { applyInApp, decideInTime } from './03-file.js';
import type { SettledVisit } from './hospital-desk.js';
import { settlementInput } from './hospital-messages.js';
import type { Stage } from './stage.js';
import { visit } from './visits.js';

const heads = ['结算', '日期', '总费用 total', '基金 fund', '个人账户 account', '现金 cash', '余额 balance'];

function shown(id: string, day: string, setlinfo: Json): string[] {
  const cell = (key: string): string =>
    Number(setlinfo[key] ?? 0)
      .toLocaleString('en-US', { minimumFractionDigits: 2 })
      .replaceAll(',', '');
  return [
    id,
    day,
    cell('medfee_sumamt'),
    cell('fund_pay_sumamt'),
    cell('acct_pay'),
    cell('psn_cash_pay'),
    cell('balc'),
  ];
}

/** March 2026, day by day: who is admitted, charged, settled, refunded; every evening the hospitals send their totals. */
export class March {
  private readonly openVisits = new Map<string, string>();

  constructor(private readonly stage: Stage) {}

  async play(): Promise<void> {
    const { doors, teller } = this.stage;
    teller.step('三月：就医与直接结算', 'March: treatment and direct settlement (N31 N32 N33 H20)');
    await this.admit('V3');
    await doors.moveTo('2026-03-05');
    await this.outpatient('V1', true);
    await this.evening(['H-BJ3']);
    await this.admit('V4');
    await this.notFiledThenSupplemented();
    await this.admit('V6');
    await this.settle('V4', ['H-GZ3']);
    await doors.moveTo('2026-03-16');
    await this.settleHere('V5');
    await this.faultyStatement();
    await this.admit('V7');
    await doors.moveTo('2026-03-19');
    await this.outpatient('V2', false);
    await this.settleHere('V6');
    await this.evening(['H-BJ3', 'H-CS3']);
    await this.admit('V8');
    await this.settle('V7', ['H-CS2']);
    await this.admit('V9');
    await this.settle('V8', ['H-ZZ2']);
    await this.settle('V9', ['H-ZZ2']);
    await this.refundOutOfOrder();
    await this.admit('V10');
    await this.settle('V10', ['H-CS2']);
  }

  private async admit(id: string): Promise<void> {
    const { doors, desk } = this.stage;
    const fact = visit(id);
    if (doors.today < fact.admittedOn) await doors.moveTo(fact.admittedOn);
    this.openVisits.set(id, await desk.admit(fact));
  }

  private async settle(id: string, statements: readonly InstitutionKey[]): Promise<void> {
    await this.stage.doors.moveTo(visit(id).settledOn);
    await this.settleHere(id);
    await this.evening(statements);
  }

  private async settleHere(id: string): Promise<void> {
    const { desk } = this.stage;
    const fact = visit(id);
    const visitId = this.openVisits.get(id) ?? '';
    await desk.charge(fact, visitId);
    await desk.discharge(fact, visitId);
    this.remember(id, await desk.settleWithTrial(fact, visitId));
  }

  private async outpatient(id: string, twice: boolean): Promise<void> {
    const { desk, doors, teller } = this.stage;
    const fact = visit(id);
    const visitId = await desk.register(fact);
    await desk.charge(fact, visitId);
    const institution = institutions[fact.institution];
    const msgid = doors.newMessageId(institution);
    const settled = await desk.settleWithTrial(fact, visitId, msgid);
    this.remember(id, settled);
    if (!twice) return;
    const home = persons[fact.person].home;
    const again = await doors.hospital(institution, '2207', settlementInput(fact, visitId), { home, msgid });
    const sameAnswer = JSON.stringify(again.output?.['setlinfo']) === JSON.stringify(settled.setlinfo);
    const { data } = settlementInput(fact, visitId);
    const other = await doors.hospital(institution, '2207', { data: { ...data, invono: 'OTHER' } }, { home, msgid });
    if (!sameAnswer || other.infcode === 0)
      throw new StoryBroken('a repeated message must be answered alike and a changed one refused');
    teller.say(
      'V1 同一报文重发：原样答复，只结算一次；同一报文号换内容：拒绝 (same msgid twice: one settlement; changed content: refused)',
    );
  }

  private remember(id: string, settled: SettledVisit): void {
    const { books, doors, settled: all, teller } = this.stage;
    all.set(id, settled);
    books.record(settled, doors.today, settled.setlinfo);
    teller.table(heads, [shown(id, doors.today, settled.setlinfo)]);
  }

  /** The hospitals' totals of the day, and the home areas' daily confirmation. */
  private async evening(keys: readonly InstitutionKey[]): Promise<void> {
    const { books, doors } = this.stage;
    for (const key of keys) {
      for (const { balanced, text } of await books.sendTotals(key, doors.today))
        if (!balanced) throw new StoryBroken(`${key} 3201: ${text}`);
    }
  }

  private async notFiledThenSupplemented(): Promise<void> {
    const { desk, doors, teller } = this.stage;
    const fact = visit('V5');
    await doors.moveTo('2026-03-10');
    const answer = await desk.admission(fact);
    if (answer.infcode !== -2 || !answer.err_msg.includes('备案'))
      throw new StoryBroken(`an unfiled admission must be answered with what to do: ${answer.err_msg}`);
    teller.say(`D 入院登记被拒 (infcode ${answer.infcode})：${answer.err_msg}`);
    await doors.moveTo('2026-03-11');
    const filingNo = await applyInApp(this.stage);
    await doors.moveTo('2026-03-12');
    await decideInTime(this.stage, filingNo);
    await doors.untilQuiet();
    this.openVisits.set('V5', await desk.admit(fact));
    await this.settleHere('V3');
    await this.evening(['H-SH3']);
  }

  /** 对账: the file of one hospital lacks a settlement; found the same day, gone with the corrected file of the next. */
  private async faultyStatement(): Promise<void> {
    const { books, doors, settled, teller } = this.stage;
    const lost = settled.get('V5')?.settlementId ?? '';
    const [statement] = await books.sendTotals('H-WH2', '2026-03-16', [lost]);
    if (statement === undefined || statement.balanced) throw new StoryBroken('the faulty statement must not balance');
    teller.say(`武汉 3201 对总账：${statement.text}`);
    await books.sendDetails('H-WH2', '2026-03-16', [lost]);
    await doors.untilQuiet();
    const found = await this.differences('2026-03-16', 'open');
    teller.say(
      `明细对账发现 ${found.length} 笔差异：${found.map(({ kind, fundAmount }) => `${kind} ${fundAmount}`).join('，')}`,
    );
    await doors.moveTo('2026-03-17');
    await books.sendDetails('H-WH2', '2026-03-16');
    for (const { balanced, text } of await books.sendTotals('H-WH2', '2026-03-16'))
      if (!balanced) throw new StoryBroken(text);
    await doors.untilQuiet();
    if ((await this.differences('2026-03-16', 'open')).length > 0)
      throw new StoryBroken('the corrected file must resolve the difference');
    teller.say('次日更正文件后差异消除 (gone after the corrected file)');
  }

  private async differences(
    day: string,
    state: string,
  ): Promise<{ kind: string; fundAmount: string; state: string }[]> {
    const answer = await this.stage.doors.call<{ differences: { kind: string; fundAmount: string; state: string }[] }>(
      clerk('000000'),
      'settlement',
      'GET',
      `/reconciliations/${day}`,
    );
    return answer.differences.filter((difference) => difference.state === state);
  }

  /** 隔笔退费: V1 is refunded although V2 came after it. */
  private async refundOutOfOrder(): Promise<void> {
    const { books, desk, doors, settled, teller } = this.stage;
    await doors.moveTo('2026-03-25');
    const original = settled.get('V1');
    if (original === undefined) throw new StoryBroken('V1 is missing');
    const setlinfo = await desk.refund(original);
    const refund: SettledVisit = { ...original, settlementId: String(setlinfo['setl_id']), setlinfo };
    settled.set('V1R', refund);
    books.record(original, doors.today, setlinfo, true);
    teller.table(heads, [shown('V1R', doors.today, setlinfo)]);
    await this.evening(['H-BJ3']);
  }
}
