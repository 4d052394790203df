import { Injectable } from '@nestjs/common';
import { daysBetween, dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { readBalances } from '../../account/account.repository.js';
import { IdentifyPerson } from '../../person/identify-person.js';
import type { Output } from '../envelope.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, GatewayTransaction } from '../gateway-transaction.js';
import { yuan } from '../settlement-nodes.js';

const statusCodes = { active: '1', suspended: '2', ended: '4', moved: '4' } as const;

/** 1101: who is this, and where insured. */
@Injectable()
export class PersonTransactions extends GatewayTransactions {
  readonly table: Readonly<Record<string, GatewayTransaction>> = {
    '1101': { kind: 'query', run: (call) => this.identify(call) },
  };

  constructor(
    private readonly identifyPerson: IdentifyPerson,
    private readonly database: Database,
  ) {
    super();
  }

  private async identify(call: GatewayCall): Promise<Outcome<Output>> {
    const data = call.input.node('data');
    const certificateNo = data.text('certno') || data.need('mdtrt_cert_no', 50);
    const person = await this.identifyPerson.execute(certificateNo, data.text('psn_name'));
    if (isRefusal(person)) return person;
    const balances = await this.database.transaction((tx) => readBalances(tx, [person.personNo]));
    const years = daysBetween(person.birthDate, dayOf(call.receivedAt)) / 365.2425;
    return {
      baseinfo: {
        psn_no: person.personNo,
        psn_cert_type: person.certificateType,
        certno: certificateNo,
        psn_name: person.name,
        gend: person.sex,
        naty: null,
        brdy: person.birthDate,
        age: Math.floor(years * 10) / 10,
      },
      insuinfo: person.insurances.map((insurance) => ({
        balc: yuan(balances.get(person.personNo) ?? 0n),
        insutype: insurance.scheme,
        psn_type: insurance.personType,
        psn_insu_stas: statusCodes[insurance.status],
        psn_insu_date: insurance.from,
        paus_insu_date: insurance.to,
        cvlserv_flag: '0',
        insuplc_admdvs: person.homeArea,
        emp_name: null,
      })),
      idetinfo: [],
    };
  }
}
