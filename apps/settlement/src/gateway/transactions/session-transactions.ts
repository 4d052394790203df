import { Injectable } from '@nestjs/common';
import { Clock, dayOf, shanghaiDateTime } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import { scopeOf } from '#shared/identity';
import type { Institution } from '../../institution/institution.js';
import { ReadSlip } from '../../visit-papers/read-slip.js';
import { settlementSlipForm } from '../../visit-papers/settlement-slip-form.js';
import { closeSignIn, openSignIn } from '../caller/sign-in.repository.js';
import { InstitutionFiles } from '../institution-files.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayFile, Handlers } from '../gateway-transaction.js';

/** 结算单 (A13) is downloaded like a file, under this and the id of the settlement. */
const slipPrefix = 'A13-';

/** 9001, 9002: sign in and out. 9101, 9102: files up and down. */
@Injectable()
export class SessionTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly files: InstitutionFiles,
    private readonly readSlip: ReadSlip,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '9001' | '9002' | '9101' | '9102'> = {
    '9001': async ({ input: { signIn }, institution }, tx) => {
      const at = this.clock.now();
      const { institutionCode } = institution;
      const entry = { institutionCode, operatorNo: signIn.opter_no, address: signIn.ip, at };
      const signNo = await openSignIn(tx, entry, dayOf(at));
      return { signinoutb: { sign_time: shanghaiDateTime(at), sign_no: signNo } };
    },

    '9002': async ({ input: { signOut }, institution }, tx) => {
      const at = this.clock.now();
      const closed = await closeSignIn(tx, institution.institutionCode, signOut.sign_no, at);
      return closed ? { signoutoutb: { sign_time: shanghaiDateTime(at) } } : refuse('SIGN_IN_UNKNOWN');
    },

    '9101': async ({ input: { fsUploadIn }, institution }, tx) => {
      const { filename } = fsUploadIn;
      const stored = await this.files.keep(tx, institution, { name: filename, content: fsUploadIn.in });
      const { institutionCode } = institution;
      return { file_qury_no: stored.fileNo, filename, fixmedins_code: institutionCode, dld_endtime: stored.until };
    },

    '9102': ({ input: { fsDownloadIn }, institution }) =>
      this.database.transaction(async (tx) => {
        const { file_qury_no: fileNo } = fsDownloadIn;
        if (fileNo.startsWith(slipPrefix))
          return (await this.slip(tx, institution, fileNo)) ?? refuse('FILE_UNKNOWN', { fileNo });
        return (await this.files.download(tx, institution, fileNo)) ?? refuse('FILE_UNKNOWN', { fileNo });
      }),
  };

  /** 结算单 of one of the hospital's own settlements. */
  private async slip(
    tx: Transaction,
    { institutionCode, area }: Institution,
    fileNo: string,
  ): Promise<GatewayFile | undefined> {
    const settlementId = fileNo.slice(slipPrefix.length);
    const slip = await this.readSlip.execute(tx, settlementId, { institution: institutionCode, scope: scopeOf(area) });
    if (slip === undefined) return undefined;
    return { name: `${fileNo}.pdf`, content: await settlementSlipForm(slip, this.clock.now()) };
  }
}
