import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import { checkedAnswer, GatewayClient } from '#shared/gateway-client';
import type { ClientAnswer, ClientCredential, SendOptions } from '#shared/gateway-client';
import { IdentityNumbers } from '#shared/identity';
import type { Role } from '#shared/identity';
import type { FormOf, Infno, SentTo } from '#shared/national-interface';
import { acceptFiles } from '#shared/service';
import { RestTestService } from '#shared/testing';
import type { TestCaller } from '#shared/testing';
import { openGatewayDoor } from '../gateway/gateway-door.js';
import type { Institution } from '../institution/institution.js';
import { migrations } from '../migrations/index.js';
import { CarryOverNumber } from '../person/carry-over-number.js';
import { keepFiling, keepPerson, keepQualification } from '../person/known-person.repository.js';
import { SettlementModule } from '../settlement.module.js';
import { shanghai } from './settlement-world.js';

const clerkRoles: readonly Role[] = [
  ...(['settlement.institutions', 'settlement.catalogue', 'settlement.accounts', 'settlement.read'] as const),
  ...(['settlement.visits', 'settlement.audit', 'settlement.pay', 'settlement.reconcile'] as const),
];

/** Somebody of an agency with all roles that do not decide about money. */
export const clerkOf = (agency: string, roles: readonly Role[] = clerkRoles): TestCaller => ({
  ...{ agency, level: 'area', roles, subject: `clerk-${agency}` },
});
export const operator: TestCaller = { agency: '000000', level: 'operator', roles: ['operator'], subject: 'operator' };

export interface HttpPerson {
  readonly personNo: string;
  readonly home?: string;
  readonly scheme?: '310' | '390';
  readonly filedTo?: string;
  readonly diseases?: Readonly<Record<string, string>>;
  readonly mergedInto?: string;
  readonly version?: number;
  /** Whose identity it is, where that is another number's. */
  readonly identity?: string;
}

/** Settlement behind its real doors, that of the agencies and that of the hospitals, with one hospital in Shanghai. */
export class SettlementOverHttp {
  private readonly clients = new Map<string, GatewayClient>();

  private constructor(readonly service: RestTestService) {}

  static async start(day: Day): Promise<SettlementOverHttp> {
    const doors = (app: NestFastifyApplication): void => {
      acceptFiles(app);
      openGatewayDoor(app);
    };
    const world = new SettlementOverHttp(
      await RestTestService.start('settlement', SettlementModule, migrations, doors),
    );
    await world.service.moveTo(day);
    await world.admit({ ...shanghai, services: ['inpatient', 'outpatient', 'chronic'] });
    return world;
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** One call of an agency; answers its body. */
  async rest<T = Record<string, unknown>>(
    as: TestCaller,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
  ): Promise<T> {
    return (await this.service.call<T>({ as, method, path, ...(body === undefined ? {} : { body }) })).body;
  }

  async admit({ institutionCode, ...institution }: Institution): Promise<void> {
    const clerk = clerkOf(institution.area);
    await this.rest(clerk, 'PUT', `/institutions/${institutionCode}`, institution);
    const credential = await this.rest<ClientCredential>(clerk, 'POST', `/institutions/${institutionCode}/credentials`);
    const now = (): Date => this.service.app.get(Clock).now();
    const { name, area } = institution;
    this.clients.set(
      institutionCode,
      new GatewayClient({ url: '', institution: { code: institutionCode, name, area }, credential, now }),
    );
  }

  /** A message of a hospital with its signature; the answer is checked against the interface. */
  async send<I extends Infno>(
    infno: I,
    input: SentTo<FormOf<I>>,
    options: SendOptions & { from?: string } = {},
  ): Promise<ClientAnswer<I>> {
    const { from = shanghai.institutionCode, ...rest } = options;
    const client = this.clients.get(from);
    if (client === undefined) throw new Error(`${from} has no credential`);
    const { body } = await this.post(client, infno, client.envelopeOf(infno, input, rest));
    return checkedAnswer(infno, JSON.parse(body));
  }

  private post(client: GatewayClient, infno: string, payload: object) {
    return this.service.app.inject({ method: 'POST', url: `/gateway/${infno}`, headers: client.signed(), payload });
  }

  /** As filing tells it; the number of the certificate is the person's number. */
  async person(given: HttpPerson): Promise<void> {
    const { personNo, home = '430100', scheme = '310', filedTo = '310000', diseases = {}, mergedInto = null } = given;
    const { version = 1, identity = personNo } = given;
    const identityHash = this.service.app.get(IdentityNumbers).hash(identity);
    const [insurance] = insuredPersonChanged.example.insurances;
    if (insurance === undefined) throw new Error('the example is insured');
    const insurances = [{ ...insurance, scheme, category: scheme === '390' ? 'resident' : 'working' } as const];
    const person = { ...insuredPersonChanged.example, personNo, homeArea: home, identityHash, insurances, mergedInto };
    const filing = { ...filingChanged.example, filingNo: `BA-${personNo}`, personNo, homeArea: home };
    await this.service.database.transaction(async (tx) => {
      await keepPerson(tx, person, version);
      await this.service.app.get(CarryOverNumber).execute(tx, person);
      await keepFiling(tx, { ...filing, destination: filedTo }, version);
      for (const [diseaseCode, diseaseName] of Object.entries(diseases)) {
        const qualification = { ...qualificationChanged.example, personNo, homeArea: home, diseaseCode, diseaseName };
        await keepQualification(tx, { ...qualification, qualificationNo: `MT-${personNo}-${diseaseCode}` }, version);
      }
    });
  }

  /** 1101: the hospital meets the person. */
  async identify(identity: string, from = shanghai.institutionCode): Promise<string> {
    const answer = await this.send('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identity } }, { from });
    if (answer.infcode !== 0) throw new Error(answer.err_msg);
    return answer.output.baseinfo.psn_no;
  }
}

/** The code of a refusal of the gateway, `fine` where it was done. */
export const codeIn = ({ err_msg }: { readonly err_msg: string }): string => /^\[(\w+)\]/.exec(err_msg)?.[1] ?? 'fine';
