import { Clock, shanghaiDateTime } from '#shared/clock';
import type { Day } from '#shared/clock';
import { filingChanged, insuredPersonChanged } from '#shared/contracts';
import { orThrow } from '#shared/errors';
import { GatewayClient } from '#shared/gateway-client';
import type { ClientAnswer } from '#shared/gateway-client';
import { IdentityNumbers } from '#shared/identity';
import type { FormOf, Infno, SentTo } from '#shared/national-interface';
import { RestTestService, testCaller } from '#shared/testing';
import type { TestCaller } from '#shared/testing';
import { CreditAccount } from '../account/credit-account.js';
import { ImportCatalogue } from '../catalogue/import-catalogue.js';
import { openGatewayDoor } from '../gateway/gateway-door.js';
import type { Institution } from '../institution/institution.js';
import { InstitutionCredentials } from '../institution/institution-credentials.js';
import { RegisterInstitution } from '../institution/register-institution.js';
import { migrations } from '../migrations/index.js';
import { keepFiling, keepPerson } from '../person/known-person.repository.js';
import { SettlementModule } from '../settlement.module.js';
import { catalogue, shanghai } from './settlement-world.js';

export const office: TestCaller = {
  ...{ agency: shanghai.area, level: 'institution', roles: ['settlement.papers'], subject: '医保办甲' },
  institution: shanghai.institutionCode,
};
export const reader = (agency: string): TestCaller => ({
  ...{ agency, level: 'area', roles: ['settlement.read'], subject: `reader-${agency}` },
});
const certificateOf = (personNo: string): string => `99999919800506${personNo.padStart(4, '0').slice(-4)}`;

/** A hospital of Shanghai that calls the gateway over HTTP, and the REST doors beside it. */
export class HospitalOverHttp {
  private serial = 0;

  private constructor(
    readonly service: RestTestService,
    private readonly client: GatewayClient,
  ) {}

  static async start(day: Day, others: readonly Institution[] = []): Promise<HospitalOverHttp> {
    const service = await RestTestService.start('settlement', SettlementModule, migrations, openGatewayDoor);
    await service.moveTo(day);
    const area = testCaller(shanghai.area);
    for (const one of [shanghai, ...others]) orThrow(await service.app.get(RegisterInstitution).execute(one, area));
    orThrow(await service.app.get(ImportCatalogue).execute(shanghai.area, '2025-01-01', catalogue, area));
    const credential = orThrow(await service.app.get(InstitutionCredentials).issue(shanghai.institutionCode, area));
    await service.app.listen(0, '127.0.0.1');
    const client = new GatewayClient({
      url: await service.app.getUrl(),
      institution: { code: shanghai.institutionCode, name: shanghai.name, area: shanghai.area },
      credential,
      now: () => service.app.get(Clock).now(),
    });
    return new HospitalOverHttp(service, client);
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  send<I extends Infno>(infno: I, input: SentTo<FormOf<I>>): Promise<ClientAnswer<I>> {
    return this.client.send(infno, input);
  }

  /** What the answer says; `fine` where it is done. */
  async said<I extends Infno>(infno: I, input: SentTo<FormOf<I>>): Promise<string> {
    const answer = await this.send(infno, input);
    return answer.infcode === 0 ? 'fine' : (/\[(\w+)\]/.exec(answer.err_msg)?.[1] ?? answer.err_msg);
  }

  download = (fileNo: string, filename = fileNo): ReturnType<GatewayClient['download']> =>
    this.client.download(fileNo, filename);

  /** An employee of Changsha, filed to Shanghai unless the test says otherwise, and identified by the hospital. */
  async person(personNo: string, given: { filed?: boolean; account?: string } = {}): Promise<void> {
    const { app, database } = this.service;
    const identityHash = app.get(IdentityNumbers).hash(certificateOf(personNo));
    const filingNo = `BA-${personNo}`;
    await database.transaction(async (tx) => {
      await keepPerson(
        tx,
        { ...insuredPersonChanged.example, personNo, name: '欧阳测试', homeArea: '430100', identityHash },
        1,
      );
      if (given.filed ?? true)
        await keepFiling(
          tx,
          { ...filingChanged.example, filingNo, personNo, homeArea: '430100', destination: '310000' },
          1,
        );
    });
    if (given.account !== undefined)
      orThrow(await app.get(CreditAccount).execute(personNo, BigInt(given.account), 'opening', testCaller('430100')));
    const number = certificateOf(personNo);
    const input = { mdtrt_cert_type: '02', mdtrt_cert_no: number, psn_cert_type: '01', certno: number };
    const seen = await this.send('1101', { data: { ...input, psn_name: '欧阳测试' } });
    if (seen.infcode !== 0) throw new Error(seen.err_msg);
  }

  private at = (): string => shanghaiDateTime(this.service.app.get(Clock).now());

  admission = (personNo: string, given: object = {}): SentTo<FormOf<'2401'>> => {
    this.serial += 1;
    return {
      mdtrtinfo: {
        ...{ psn_no: personNo, insutype: '310', begntime: this.at(), med_type: '21', ipt_no: `ZY${this.serial}` },
        ...{ adm_dept_codg: 'A04', adm_dept_name: '骨科', ...given },
      },
      diseinfo: [
        { diag_type: '1', maindiag_flag: '1', diag_srt_no: '1', diag_code: 'S82.000', diag_name: '髌骨骨折' },
        { diag_type: '1', maindiag_flag: '0', diag_srt_no: '2', diag_code: 'I10.x00', diag_name: '高血压病' },
      ],
    };
  };

  async admitted(personNo: string, given: object = {}): Promise<string> {
    const answer = await this.send('2401', this.admission(personNo, given));
    if (answer.infcode !== 0) throw new Error(answer.err_msg);
    return answer.output.result.mdtrt_id;
  }

  line = (
    personNo: string,
    visitId: string,
    amount: string,
    given: object = {},
  ): SentTo<FormOf<'2301'>>['feedetail'][number] => {
    this.serial += 1;
    return {
      ...{ feedetl_sn: `L${this.serial}`, mdtrt_id: visitId, psn_no: personNo, fee_ocur_time: this.at() },
      ...{ med_list_codg: 'DRUG', det_item_fee_sumamt: amount, cnt: '1', pric: amount, ...given },
    };
  };

  charge = (personNo: string, visitId: string, amount: string, given: object = {}): Promise<string> =>
    this.said('2301', { feedetail: [this.line(personNo, visitId, amount, given)] });

  discharge = (personNo: string, visitId: string, given: object = {}): Promise<string> =>
    this.said('2402', { dscginfo: { mdtrt_id: visitId, psn_no: personNo, endtime: this.at(), ...given } });

  settlement = (personNo: string, visitId: string, total: string, given: object = {}): SentTo<FormOf<'2304'>> => ({
    data: { psn_no: personNo, mdtrt_id: visitId, medfee_sumamt: total, acct_used_flag: '1', ...given },
  });

  /** The id of the settlement of a stay that is discharged. */
  async settled(personNo: string, visitId: string, total: string): Promise<string> {
    const answer = await this.send('2304', this.settlement(personNo, visitId, total));
    if (answer.infcode !== 0) throw new Error(answer.err_msg);
    return answer.output.setlinfo.setl_id;
  }
}
