import { Injectable } from '@nestjs/common';
import { Clock, dayOf, shanghaiDateTime } from '#shared/clock';
import { Database } from '#shared/database';
import { refuse } from '#shared/errors';
import { PaperFiles } from '../../visit-papers/paper-files.js';
import { closeSignIn, openSignIn } from '../caller/sign-in.repository.js';
import { InstitutionFiles } from '../institution-files.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { Handlers } from '../gateway-transaction.js';

/** 9001, 9002: sign in and out. 9101, 9102: files up and down. */
@Injectable()
export class SessionTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly files: InstitutionFiles,
    private readonly paperFiles: PaperFiles,
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
        const { file_qury_no: fileNo, filename } = fsDownloadIn;
        return (
          (await this.files.download(tx, institution, fileNo)) ??
          (await this.paperFiles.find(tx, institution, fileNo, filename ?? '')) ??
          refuse('FILE_UNKNOWN', { fileNo })
        );
      }),
  };
}
