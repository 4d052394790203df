import { Injectable } from '@nestjs/common';
import { isRefusal } from '#shared/errors';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { Handlers } from '../gateway-transaction.js';
import { ReverseMessage } from '../reverse-message.js';

/** 2601: the transaction named by its message id counts as never done. */
@Injectable()
export class ReversalTransactions extends GatewayTransactions {
  constructor(private readonly reverseMessage: ReverseMessage) {
    super();
  }

  readonly handlers: Pick<Handlers, '2601'> = {
    '2601': async ({ input: { data }, institution, msgid }, tx) => {
      const reversed = await this.reverseMessage.execute(tx, {
        institutionCode: institution.institutionCode,
        personNo: data.psn_no,
        msgid: data.omsgid,
        infno: data.oinfno,
        by: msgid,
      });
      return isRefusal(reversed) ? reversed : {};
    },
  };
}
