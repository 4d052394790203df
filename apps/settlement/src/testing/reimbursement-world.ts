import { atShanghai, Clock, OperatorClock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { filingChanged, insuredPersonChanged } from '#shared/contracts';
import { rows } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { GatewayClient } from '#shared/gateway-client';
import { IdentityNumbers } from '#shared/identity';
import type { Role } from '#shared/identity';
import { formatYuan, parseYuan } from '#shared/money';
import { RestTestService, testCaller } from '#shared/testing';
import type { TestAnswer } from '#shared/testing';
import { CreditAccount } from '../account/credit-account.js';
import { ImportCatalogue } from '../catalogue/import-catalogue.js';
import { openGatewayDoor } from '../gateway/gateway-door.js';
import { LocalHomeSide } from '../home/local-home-side.js';
import { InstitutionCredentials } from '../institution/institution-credentials.js';
import { RegisterInstitution } from '../institution/register-institution.js';
import { migrations } from '../migrations/index.js';
import { keepFiling, keepPerson } from '../person/known-person.repository.js';
import { SettlementModule } from '../settlement.module.js';
import { catalogue, shanghai } from './settlement-world.js';

export const beijing = { ...shanghai, institutionCode: 'H11000000301', name: '北京示例医院', area: '110000' };
type Hospital = typeof shanghai;
type Row = Record<string, unknown>;

/** What a gateway answers: output, or a code and a sentence. */
export interface Said {
  readonly code: string;
  readonly text: string;
  readonly output: Row | null;
}

/** At home CT costs 20 % first-pay, a bed 50.00, and nobody knows LOCAL. */
const ofHome = catalogue.map((item) => ({
  ...item,
  ...(item.code === 'CT' ? { firstPayRatio: '0.20' } : item.code === 'BED' ? { priceLimitPerUnit: '50.00' } : {}),
}));
const [drug] = catalogue;
const ofTreatment = [...catalogue, ...(drug === undefined ? [] : [{ ...drug, code: 'LOCAL', name: '当地项目' }])];

/** Settlement behind its real doors: two hospitals with their gateway, and Changsha's agency with its tokens. */
export class ReimbursementWorld {
  private serial = 0;
  private readonly clients = new Map<string, GatewayClient>();

  private constructor(readonly service: RestTestService) {}

  static async start(day: Day): Promise<ReimbursementWorld> {
    const service = await RestTestService.start('settlement', SettlementModule, migrations, openGatewayDoor);
    const world = new ReimbursementWorld(service);
    const clock = service.app.get(Clock);
    if (clock instanceof OperatorClock) clock.set(atShanghai(day, '10:00'));
    for (const hospital of [shanghai, beijing]) await world.open(hospital);
    const home = testCaller('430100');
    orThrow(await service.app.get(ImportCatalogue).execute('430100', '2025-01-01', ofHome, home));
    return world;
  }

  async open(hospital: Hospital): Promise<void> {
    const { app } = this.service;
    const area = testCaller(hospital.area);
    orThrow(await app.get(RegisterInstitution).execute(hospital, area));
    orThrow(await app.get(ImportCatalogue).execute(hospital.area, '2025-01-01', ofTreatment, area));
    const credential = orThrow(await app.get(InstitutionCredentials).issue(hospital.institutionCode, area));
    const institution = { code: hospital.institutionCode, name: hospital.name, area: hospital.area };
    const now = () => app.get(Clock).now();
    this.clients.set(
      hospital.institutionCode,
      new GatewayClient({ url: 'http://gateway', institution, credential, now }),
    );
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** An employee of Changsha; insured, and filed to Shanghai for long, unless the test says otherwise. */
  async person(
    personNo: string,
    given: { home?: string; account?: string; filed?: boolean; insured?: boolean } = {},
  ): Promise<void> {
    const { database, app } = this.service;
    const identityHash = app.get(IdentityNumbers).hash(certificateOf(personNo));
    const { home: homeArea = '430100', insured = true } = given;
    const insurances = insured ? insuredPersonChanged.example.insurances : [];
    const facts = { personNo, name: personNo, identityHash, homeArea, insurances };
    const person = { ...insuredPersonChanged.example, ...facts };
    await database.transaction((tx) => keepPerson(tx, person, 1));
    if (given.filed !== false) await this.file(personNo, {});
    if (given.account !== undefined) {
      const amount = parseYuan(given.account);
      orThrow(await app.get(CreditAccount).execute(personNo, amount, 'opening', testCaller('430100')));
    }
  }

  file(personNo: string, given: object): Promise<void> {
    const filing = { ...filingChanged.example, filingNo: `BA-${personNo}`, personNo, destination: '310000', ...given };
    return this.service.database.transaction((tx) => keepFiling(tx, filing, 1));
  }

  /** A signed message of a hospital through the door of the gateway. */
  async send(hospital: Hospital, infno: string, input: object, msgid?: string): Promise<Said> {
    const client = this.clients.get(hospital.institutionCode);
    if (client === undefined) throw new Error('a hospital of this world');
    const payload = JSON.stringify(client.envelopeOf(infno, input, msgid === undefined ? {} : { msgid }));
    const request = { method: 'POST', url: `/gateway/${infno}`, headers: client.signed(), payload } as const;
    const answer = (await this.service.app.inject(request)).json<{ err_msg: string; output: Row | null }>();
    const code = /^\[(\w+)\]/.exec(answer.err_msg)?.[1] ?? 'fine';
    return { code, text: answer.err_msg, output: answer.output };
  }

  /** As `send`, but it must succeed. */
  async done(hospital: Hospital, infno: string, input: object): Promise<Row> {
    const said = await this.send(hospital, infno, input);
    if (said.output === null) throw new Error(`${infno}: ${said.text}`);
    return said.output;
  }

  /** Admitted, charged and discharged today; answers what 2304 needs. */
  async stay(personNo: string, amounts: Readonly<Record<string, string>>, hospital = shanghai): Promise<{ data: Row }> {
    await this.done(hospital, '1101', { data: { mdtrt_cert_type: '02', certno: certificateOf(personNo) } });
    const visit = { psn_no: personNo, insutype: '310', begntime: `${this.today()} 08:00:00`, med_type: '21' };
    const diagnosis = {
      psn_no: personNo,
      diag_type: '1',
      maindiag_flag: '1',
      diag_code: 'K35.900',
      diag_name: '阑尾炎',
    };
    const admitted = { ...visit, ipt_no: `ZY${(this.serial += 1)}`, ...certificate(personNo) };
    const { result } = await this.done(hospital, '2401', { mdtrtinfo: admitted, diseinfo: [diagnosis] });
    const ids = { mdtrt_id: (result as Row)['mdtrt_id'], psn_no: personNo };
    await this.done(hospital, '2301', { feedetail: this.lines(ids, amounts) });
    const discharge = { ...ids, insutype: '310', endtime: `${this.today()} 09:30:00`, dscg_way: '1' };
    await this.done(hospital, '2402', { dscginfo: discharge, diseinfo: [] });
    return { data: { ...ids, ...this.bill(personNo, amounts), mid_setl_flag: '0' } };
  }

  /** Registered and charged today, in one batch; answers what 2207 needs. */
  async registered(
    personNo: string,
    amounts: Readonly<Record<string, string>>,
    hospital = shanghai,
  ): Promise<{ data: Row }> {
    await this.done(hospital, '1101', { data: { mdtrt_cert_type: '02', certno: certificateOf(personNo) } });
    const visit = { psn_no: personNo, insutype: '310', begntime: `${this.today()} 08:00:00`, ...certificate(personNo) };
    const registration = { ...visit, ipt_otp_no: `MZ${(this.serial += 1)}`, dept_code: 'A03', caty: 'A03' };
    const output = await this.done(hospital, '2201', { data: registration });
    const ids = { mdtrt_id: (output['data'] as Row)['mdtrt_id'], psn_no: personNo };
    const feedetail = this.lines(ids, amounts).map((line) => ({ ...line, chrg_bchno: 'B1' }));
    await this.done(hospital, '2204', { feedetail });
    return { data: { ...ids, ...this.bill(personNo, amounts), med_type: '11', chrg_bchno: 'B1' } };
  }

  private lines(ids: Row, amounts: Readonly<Record<string, string>>): Row[] {
    return Object.entries(amounts).map(([item, amount]) => ({
      ...{ ...ids, fee_ocur_time: `${this.today()} 09:00:00`, feedetl_sn: `F${(this.serial += 1)}`, cnt: '1' },
      ...{ med_list_codg: item, pric: amount, det_item_fee_sumamt: amount },
    }));
  }

  private bill(personNo: string, amounts: Readonly<Record<string, string>>): Row {
    const total = Object.values(amounts).reduce((sum, amount) => sum + parseYuan(amount), 0n);
    const common = { ...certificate(personNo), psn_setlway: '01', acct_used_flag: '0', insutype: '310' };
    return { ...common, medfee_sumamt: formatYuan(total) };
  }

  /** A complete full self-pay bill of today, of the kind of its number. */
  async selfPaid(
    personNo: string,
    visitNo: string,
    amounts: Readonly<Record<string, string>>,
    medType = '21',
    hospital = shanghai,
  ): Promise<void> {
    const key = { fixmedins_mdtrt_id: visitNo };
    const feedetail = this.lines(key, amounts).map(({ feedetl_sn, ...line }) => ({ ...line, bkkp_sn: feedetl_sn }));
    const day = this.today();
    const times = { begntime: `${day} 08:00:00`, endtime: `${day} 09:30:00` };
    const whom = { psn_cert_type: '01', certno: certificateOf(personNo), psn_name: personNo };
    const mdtrtinfo = { ...key, ...times, ...whom, med_type: medType };
    const diseinfo = [{ diag_type: '1', diag_code: 'K35.900', diag_name: '阑尾炎' }];
    if (medType === '11') {
      await this.done(hospital, '4205', { mdtrtinfo, diseinfo, feedetail });
      return;
    }
    await this.done(hospital, '4201A', { fsiOwnpayPatnFeeListDDTO: feedetail });
    await this.done(hospital, '4202', { ownPayPatnMdtrtD: mdtrtinfo, ownPayPatnDiagListD: diseinfo });
    await this.done(hospital, '4203', { data: { ...key, cplt_flag: '1' } });
  }

  /** While the work runs the home side answers nobody; afterwards it does again. */
  async silent<T>(work: () => Promise<T>): Promise<T> {
    const homeSide = this.service.app.get(LocalHomeSide);
    const settle = homeSide.settle.bind(homeSide);
    homeSide.settle = (_, requests) => Promise.resolve(requests.map(() => refuse('HOME_SIDE_SILENT')));
    try {
      return await work();
    } finally {
      homeSide.settle = settle;
    }
  }

  /** The number of the case in the sentence that a hospital reads. */
  static caseNoIn({ text }: Said): string {
    return /B\d{23}/.exec(text)?.[0] ?? '';
  }

  call<T = Row>(
    who: { agency?: string; subject?: string; roles?: readonly Role[] },
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<TestAnswer<T>> {
    const roles = who.roles ?? (['settlement.reimburse', 'settlement.reimburse-approve'] as const);
    const as = { agency: who.agency ?? '430100', level: 'area' as const, roles, subject: who.subject ?? 'maker' };
    const request = { method, path: `/reimbursement-cases${path}`, as };
    return this.service.call<T>(body === undefined ? request : { ...request, body });
  }

  today(): Day {
    return this.service.app.get(Clock).today();
  }

  query<R>(sql: string, ...parameters: unknown[]): Promise<R[]> {
    return this.service.database.transaction((tx) => rows<R>(tx, sql, parameters));
  }

  /** Accumulators and account of a person, as one word; what came back to nothing is left out. */
  async standing(personNo: string): Promise<string> {
    const used = await this.query<{ word: string }>(
      `select concat_ws(' ', scheme, benefit_year, name, amount) as word from accumulator where person_no = $1 and amount <> 0
       order by 1`,
      personNo,
    );
    const balance = await this.query<{ word: string }>(
      `select balance_fen::text as word from account where person_no = $1`,
      personNo,
    );
    return [...used, ...balance].map(({ word }) => word).join('; ');
  }
}

/** An identity number for a person of this world: 18 digits that end with those of the person number. */
const certificateOf = (personNo: string): string => `4301011980${personNo.replace(/\D/g, '').padStart(8, '0')}`;
const certificate = (personNo: string) => ({ mdtrt_cert_type: '02', mdtrt_cert_no: certificateOf(personNo) });
