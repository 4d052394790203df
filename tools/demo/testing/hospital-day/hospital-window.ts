import { formatYuan, parseYuan } from '#shared/money';
import type { Random } from '../../../fuzz/random.js';
import type { Json } from '../../doors.js';
import type { HospitalBooks } from '../../story/hospital-books.js';
import { transactionsOf } from '../../story/hospital-desk.js';
import type { SettledVisit } from '../../story/hospital-desk.js';
import {
  admissionInput,
  dischargeInput,
  feeLines,
  identityInput,
  outpatientVisitInput,
  partiesOf,
  refundInput,
  registrationInput,
  settlementInput,
} from '../../story/hospital-messages.js';
import type { VisitFact } from '../../story/visits.js';
import { outpatient, stay } from '../facts.js';
import type { HospitalNetwork, Known } from './hospital-network.js';

/** Who is treated where, without anything that has to be filed today. */
const kinds: readonly ((id: string, day: string) => VisitFact)[] = [
  (id, day) => outpatient(id, day, { useAccount: true }),
  (id, day) => outpatient(id, day),
  (id, day) => outpatient(id, day, { person: 'H', institution: 'H-ZZ2' }),
  (id, day) => stay(id, day),
  (id, day) => stay(id, day, { person: 'G' }),
  (id, day) => stay(id, day, { person: 'B', institution: 'H-SH3' }),
];

const items = ['drug-a', 'drug-b', 'ct', 'bed', 'consultation', 'special-nursing'] as const;

const cancelNumber = ({ kind }: VisitFact): string => (kind === 'outpatient' ? '2202' : '2404');

/** 收费窗口: one patient after the other, with all that happens at a window; it knows exactly what it has settled. */
export class HospitalWindow {
  /** 统筹支付 of the visits whose settlement stands, as this window was told. */
  readonly standing = new Map<string, string>();
  readonly refusals = new Map<string, number>();
  private serial = 0;

  constructor(
    private readonly name: string,
    private readonly day: string,
    private readonly network: HospitalNetwork,
    private readonly books: HospitalBooks,
    private readonly random: Random,
  ) {}

  async patient(): Promise<void> {
    this.serial += 1;
    const { random } = this;
    const made = random.pick(kinds)(`${this.name}${this.serial}`, this.day);
    const fact: VisitFact = { ...made, lines: this.lines() };
    await this.network.ask(partiesOf(fact).institution, '1101', identityInput(partiesOf(fact).person), '');
    const visitId = await this.open(fact);
    if (visitId === undefined) return;
    if (random.chance(0.06)) {
      await this.sendUntilKnown(fact, cancelNumber(fact), this.cancelInput(fact, visitId));
      return;
    }
    const { charge, trial } = transactionsOf(fact);
    await this.sendUntilKnown(fact, charge, { feedetail: feeLines(fact, visitId) });
    if (random.chance(0.1)) {
      await this.sendUntilKnown(fact, fact.kind === 'outpatient' ? '2205' : '2302', this.removal(fact, visitId));
      await this.sendUntilKnown(fact, charge, { feedetail: feeLines(fact, visitId) });
    }
    if (random.chance(0.7)) await this.question(fact, trial, settlementInput(fact, visitId));
    if (fact.kind === 'inpatient') await this.leave(fact, visitId);
    if (random.chance(0.1)) await this.wrongSum(fact, visitId);
    const settlementId = await this.settle(fact, visitId);
    if (settlementId !== undefined && random.chance(0.25)) await this.lookAround(fact, visitId, settlementId);
  }

  private lines(): VisitFact['lines'] {
    return Array.from({ length: 1 + this.random.below(4) }, () => ({
      item: this.random.pick(items),
      price: `${1 + this.random.below(900)}.${String(this.random.below(100)).padStart(2, '0')}`,
      quantity: 1 + this.random.below(3),
    }));
  }

  private async open(fact: VisitFact): Promise<string | undefined> {
    const isOutpatient = fact.kind === 'outpatient';
    const opened = await this.sendUntilKnown(
      fact,
      isOutpatient ? '2201' : '2401',
      isOutpatient ? registrationInput(fact) : admissionInput(fact),
    );
    if (opened === undefined) return undefined;
    const visitId = String(((opened['data'] ?? opened['result']) as Json)['mdtrt_id']);
    if (isOutpatient) await this.sendUntilKnown(fact, '2203A', outpatientVisitInput(fact, visitId));
    return visitId;
  }

  private async leave(fact: VisitFact, visitId: string): Promise<void> {
    await this.sendUntilKnown(fact, '2402', dischargeInput(fact, visitId));
    if (!this.random.chance(0.1)) return;
    await this.sendUntilKnown(fact, '2405', { data: { mdtrt_id: visitId, psn_no: partiesOf(fact).person.personNo } });
    await this.sendUntilKnown(fact, '2402', dischargeInput(fact, visitId));
  }

  /** 金额不符: refused, and nothing of it stays. */
  private async wrongSum(fact: VisitFact, visitId: string): Promise<void> {
    const { data } = settlementInput(fact, visitId);
    const known = await this.send(fact, transactionsOf(fact).settle, { data: { ...data, medfee_sumamt: '0.07' } });
    if (known.kind === 'done') this.network.wrong.push(`${fact.id}: a wrong sum was settled`);
  }

  private async settle(fact: VisitFact, visitId: string): Promise<string | undefined> {
    const { settle, refund } = transactionsOf(fact);
    const output = await this.sendUntilKnown(fact, settle, settlementInput(fact, visitId));
    if (output === undefined) return undefined;
    const setlinfo = output['setlinfo'] as Json;
    const settled: SettledVisit = { fact, visitId, settlementId: String(setlinfo['setl_id']), setlinfo };
    this.standing.set(visitId, formatYuan(parseYuan(String(setlinfo['fund_pay_sumamt']))));
    this.books.record(settled, this.day, setlinfo);
    const { settlementId } = settled;
    if (!this.random.chance(0.3)) return settlementId;
    const refunded = await this.sendUntilKnown(fact, refund, refundInput(fact, visitId, settlementId));
    if (refunded === undefined) return settlementId;
    this.standing.delete(visitId);
    this.books.record(settled, this.day, refunded['setlinfo'] as Json, true);
    return settlementId;
  }

  /** What else a hospital system asks during the day. */
  private async lookAround(fact: VisitFact, visitId: string, settlementId: string): Promise<void> {
    const { personNo } = partiesOf(fact).person;
    const visit = { psn_no: personNo, mdtrt_id: visitId };
    const period = { begntime: `${this.day} 00:00:00`, endtime: `${this.day} 23:59:59` };
    await this.question(fact, '5201', { data: { ...visit, ...period, med_type: fact.medType } });
    await this.question(fact, '5202', { data: visit });
    await this.question(fact, '5203', { data: { ...visit, setl_id: settlementId } });
    await this.question(fact, '5204', { data: visit });
    await this.question(fact, '1901', { data: { type: 'med_type' } });
  }

  private cancelInput(fact: VisitFact, visitId: string): Json {
    const { personNo } = partiesOf(fact).person;
    const numbers = fact.kind === 'outpatient' ? { ipt_otp_no: `MZ${fact.id}` } : {};
    return { data: { psn_no: personNo, mdtrt_id: visitId, ...numbers } };
  }

  /** 费用撤销: all lines of the visit. */
  private removal(fact: VisitFact, visitId: string): Json {
    const { personNo } = partiesOf(fact).person;
    return fact.kind === 'outpatient'
      ? { data: { mdtrt_id: visitId, chrg_bchno: `P${fact.id}`, psn_no: personNo } }
      : { data: [{ feedetl_sn: '0000', mdtrt_id: visitId, psn_no: personNo }] };
  }

  private async question(fact: VisitFact, infno: string, input: Json): Promise<void> {
    const { institution, person } = partiesOf(fact);
    const answer = await this.network.ask(institution, infno, input, person.home);
    if (answer.infcode !== 0) this.count(`${infno} ${answer.err_msg}`);
  }

  /** Undone means never done, so the window does it anew; undefined when the gateway refuses. */
  private async sendUntilKnown(fact: VisitFact, infno: string, input: Json): Promise<Json | undefined> {
    for (;;) {
      const known = await this.send(fact, infno, input);
      if (known.kind === 'done') return known.output;
      if (known.kind === 'refused') {
        this.count(`${infno} ${known.code}`);
        return undefined;
      }
    }
  }

  private send(fact: VisitFact, infno: string, input: Json): Promise<Known> {
    const { institution, person } = partiesOf(fact);
    return this.network.send(institution, infno, input, person.home, this.random);
  }

  private count(refusal: string): void {
    this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
  }
}
