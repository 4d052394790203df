import type { Day } from '#shared/clock';
import { dayOf } from '#shared/clock';
import { filingChanged, insuredPersonChanged } from '#shared/contracts';
import { isRefusal, orThrow } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { IdentityNumbers } from '#shared/identity';
import { formatYuan, parseYuan } from '#shared/money';
import { testCaller, TestService } from '#shared/testing';
import type { TestServiceOptions } from '#shared/testing';
import { CreditAccount } from '../account/credit-account.js';
import { ImportCatalogue } from '../catalogue/import-catalogue.js';
import type { GivenItem } from '../catalogue/check-item.js';
import { MessageLog } from '../gateway/message-log.js';
import type { Institution } from '../institution/institution.js';
import { RegisterInstitution } from '../institution/register-institution.js';
import { migrations } from '../migrations/index.js';
import { keepFiling, keepPerson } from '../person/known-person.repository.js';
import type { SettleCommand } from '../settlement/bill.js';
import { RefundSettlement } from '../settlement/refund-settlement.js';
import { ReinstateSettlement } from '../settlement/reinstate-settlement.js';
import { markReversed } from '../settlement/reversed-settlement.repository.js';
import { findSettlement } from '../settlement/settlement.repository.js';
import { SettlementCommitter } from '../settlement/settlement-committer.js';
import type { Settlement } from '../settlement/settlement.js';
import { SettlementModule } from '../settlement.module.js';
import { ChangeVisit } from '../visit/change-visit.js';
import { OpenVisit } from '../visit/open-visit.js';
import { RecordLines } from '../visit/record-lines.js';
import type { GivenLine } from '../visit/record-lines.js';
import { ownVisit } from '../visit/visit-access.js';
import type { Visit } from '../visit/visit.js';

export const shanghai: Institution = {
  institutionCode: 'H31000000301',
  name: '上海示例医院',
  level: 'L3',
  area: '310000',
  services: ['inpatient', 'outpatient'],
  agreement: 'active',
  effectiveOn: '2025-01-01',
};

const item = (code: string, given: Partial<GivenItem> = {}): GivenItem => ({
  code,
  name: `示例 ${code}`,
  category: '09',
  class: 'A',
  firstPayRatio: '0',
  priceLimitPerUnit: null,
  ...given,
});
/** DRUG is class A; CT has 10 % first-pay; BED has a limit of 60.00; NURSING is own expense. */
export const catalogue: readonly GivenItem[] = [
  item('DRUG'),
  item('CT', { category: '03', class: 'B', firstPayRatio: '0.10' }),
  item('BED', { category: '01', priceLimitPerUnit: '60.00' }),
  item('NURSING', { category: '07', class: 'C', firstPayRatio: '1' }),
];

export interface PersonFacts {
  readonly personNo: string;
  readonly home?: string;
  readonly account?: string;
  readonly filedTo?: string | null;
}

/** What the world needs of a running service, with or without its HTTP side. */
type Running = Pick<TestService, 'get' | 'transaction' | 'query' | 'clock' | 'stop'>;

/** Settlement with one hospital in Shanghai and its catalogue, as a test of money needs it. */
export class SettlementWorld<S extends Running = TestService> {
  private serial = 0;

  private constructor(readonly service: S) {}

  static async start(
    day: Day,
    options: Pick<TestServiceOptions, 'bus' | 'listen' | 'environment'> = {},
  ): Promise<SettlementWorld> {
    const service = await TestService.start({
      service: 'settlement',
      feature: SettlementModule,
      migrations,
      day,
      ...options,
    });
    return SettlementWorld.over(service);
  }

  /** The same hospital in a service that runs already. */
  static async over<S extends Running>(service: S): Promise<SettlementWorld<S>> {
    const world = new SettlementWorld(service);
    const area = testCaller(shanghai.area);
    orThrow(await service.get(RegisterInstitution).execute(shanghai, area));
    orThrow(await service.get(ImportCatalogue).execute(shanghai.area, '2025-01-01', catalogue, area));
    return world;
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** An employee of Changsha, filed to Shanghai for long unless the test says otherwise. */
  async person({ personNo, home = '430100', account, filedTo = '310000' }: PersonFacts): Promise<void> {
    const { service } = this;
    const identityHash = service.get(IdentityNumbers).hash(personNo);
    const person = { ...insuredPersonChanged.example, personNo, homeArea: home, identityHash };
    const filingNo = `BA-${personNo}`;
    await service.transaction(async (tx) => {
      await keepPerson(tx, person, 1);
      if (filedTo !== null)
        await keepFiling(tx, { ...filingChanged.example, filingNo, personNo, homeArea: home, destination: filedTo }, 1);
    });
    if (account !== undefined)
      orThrow(await service.get(CreditAccount).execute(personNo, parseYuan(account), 'opening', testCaller(home)));
  }

  /** A registration of today with one line of an amount; the batch is B1. */
  async registered(personNo: string, amount: string, itemCode = 'DRUG'): Promise<Visit> {
    const visit = orThrow(await this.open(personNo, 'outpatient'));
    orThrow(await this.charge(visit, [this.line(amount, { itemCode })]));
    return visit;
  }

  /** A stay that ended today, with one line of an amount. */
  async discharged(personNo: string, amount: string): Promise<Visit> {
    const visit = orThrow(await this.open(personNo, 'inpatient'));
    orThrow(await this.charge(visit, [this.line(amount, { batchNo: '' })]));
    return orThrow(await this.discharge(visit));
  }

  discharge(visit: Visit): Promise<Outcome<Visit>> {
    return this.service.transaction((tx) => this.service.get(ChangeVisit).discharge(tx, visit, this.today(), []));
  }

  open(personNo: string, setting: Visit['setting'], given: object = {}): Promise<Outcome<Visit>> {
    const medType = setting === 'inpatient' ? '21' : '11';
    return this.service.transaction((tx) =>
      this.service.get(OpenVisit).execute(tx, {
        ...{ institution: shanghai, personNo, scheme: '310', setting, medType, emergency: false },
        ...{ hospitalNo: 'N1', admittedOn: this.today(), diagnoses: [] },
        ...given,
      }),
    );
  }

  line(amount: string, given: Partial<GivenLine> = {}): GivenLine {
    this.serial += 1;
    return {
      ...{ lineNo: `L${this.serial}`, batchNo: 'B1', itemCode: 'DRUG', price: amount, quantity: '1' },
      ...{ amountFen: parseYuan(amount), occurredOn: this.today() },
      ...given,
    };
  }

  charge(visit: Visit, lines: readonly GivenLine[]): ReturnType<RecordLines['execute']> {
    return this.service.transaction((tx) => this.service.get(RecordLines).execute(tx, visit, lines));
  }

  today(): Day {
    return dayOf(this.now());
  }

  private now(): Date {
    return this.service.clock.now();
  }

  command(visit: Visit, amount: string, given: Partial<SettleCommand> = {}): SettleCommand {
    this.serial += 1;
    return {
      ...{ institution: shanghai, visitId: visit.visitId, personNo: visit.personNo, totalFen: parseYuan(amount) },
      ...{ batchNo: visit.setting === 'inpatient' ? null : 'B1', useAccount: true, invoiceNo: null },
      ...{ msgid: `M${this.serial}`, settledOn: this.today(), settledAt: this.now() },
      ...given,
    };
  }

  /** Begins the message as the gateway does, and hands the bill to a committer. */
  async settle(
    command: SettleCommand,
    answerOf: (settlement: Settlement) => Promise<string> | string = () => '{}',
    committer = this.service.get(SettlementCommitter),
  ): Promise<Outcome<Settlement>> {
    await this.begin([command]);
    return committer.submit(command, answerOf);
  }

  async begin(commands: readonly SettleCommand[]): Promise<void> {
    const messages = this.service.get(MessageLog);
    for (const { institution, msgid } of commands)
      await messages.begin({ institutionCode: institution.institutionCode, msgid }, subject(msgid), 'running');
  }

  /** Registers, charges and settles one outpatient bill of today. */
  async settled(personNo: string, amount: string, itemCode = 'DRUG'): Promise<Settlement> {
    const visit = await this.registered(personNo, amount, itemCode);
    return orThrow(await this.settle(this.command(visit, amount)));
  }

  refund(of: Settlement, given: object = {}): Promise<Outcome<Settlement>> {
    this.serial += 1;
    const { institutionCode, settlementId, visitId, personNo } = of;
    return this.service.transaction((tx) =>
      this.service.get(RefundSettlement).execute(tx, {
        ...{ institutionCode, settlementId, visitId, personNo, msgid: `R${this.serial}` },
        ...given,
      }),
    );
  }

  /** 2601 on a refund: what it took back stands again, and the institution never heard of either record. */
  async reinstated(refund: Settlement): Promise<Settlement> {
    this.serial += 1;
    const msgid = `C${this.serial}`;
    return this.service.transaction(async (tx) => {
      const stored = await findSettlement(tx, refund.settlementId);
      const visit = orThrow(await ownVisit(tx, refund.institutionCode, refund.visitId, refund.personNo));
      if (stored === undefined) throw new Error('this refund is not there');
      const again = orThrow(await this.service.get(ReinstateSettlement).execute(tx, visit, stored, msgid));
      await markReversed(tx, [refund.settlementId, again.settlementId], msgid, this.now());
      return again;
    });
  }

  /** What the year has used, by name; what came back to nothing is left out. */
  async accumulators(personNo: string, year = 2026): Promise<Record<string, bigint>> {
    const found = await this.service.query<{ name: string; amount: bigint }>(
      'select name, amount from accumulator where person_no = $1 and benefit_year = $2 and amount <> 0 order by name',
      [personNo, year],
    );
    return Object.fromEntries(found.map(({ name, amount }) => [name, amount]));
  }

  async balance(personNo: string): Promise<string> {
    const [found] = await this.service.query<{ balance_fen: bigint }>(
      'select balance_fen from account where person_no = $1',
      [personNo],
    );
    return formatYuan(found?.balance_fen ?? 0n);
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [found] = await this.service.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`);
    return found?.n ?? 0;
  }
}

const subject = (msgid: string) => ({ infno: '2207', content: { msgid }, personNo: null, visitId: null });

export const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.code : 'fine');
