import { Injectable } from '@nestjs/common';
import { dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { maskIdentityNumber } from '#shared/identity';
import { EnvelopeProblem } from '#shared/national-interface';
import type { AnswerFrom, FormOf, RequestOf } from '#shared/national-interface';
import { readBalances } from '../../account/account.repository.js';
import { IdentifyPerson } from '../../person/identify-person.js';
import { rememberPerson, seenPerson } from '../caller/caller.repository.js';
import { isPlausibleQuestion } from '../../visit/rules/plausible-admission.js';
import { CheckEntitlement } from '../check-entitlement.js';
import { civilServant, personNodes } from '../answers/person-nodes.js';
import { yuan } from '../answers/settlement-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';

const statusCodes = { active: '1', suspended: '2', ended: '4', moved: '4' } as const;

/** 1101: who is this, and where insured. 2001: what the person may have here. */
@Injectable()
export class PersonTransactions extends GatewayTransactions {
  constructor(
    private readonly identifyPerson: IdentifyPerson,
    private readonly checkEntitlement: CheckEntitlement,
    private readonly database: Database,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '1101' | '2001'> = {
    '1101': (call) => this.identify(call),
    '2001': (call) =>
      this.database.transaction(async (tx) => {
        const { data } = call.input;
        const person = await seenPerson(tx, call.institution.institutionCode, data.psn_no);
        if (isRefusal(person)) return person;
        const on = data.begntime.slice(0, 10);
        if (!isPlausibleQuestion(on, dayOf(call.receivedAt))) return refuse('ADMISSION_DAY_WRONG', { day: on });
        return this.checkEntitlement.execute(tx, person, {
          institution: call.institution,
          scheme: data.insutype,
          medType: data.med_type,
          on,
          disease: data.dise_codg,
        });
      }),
  };

  private async identify(call: GatewayCall<'1101'>): Promise<Outcome<AnswerFrom<FormOf<'1101'>>>> {
    const { institution, receivedAt } = call;
    const certificateNo = certificateOf(call.input);
    if (isRefusal(certificateNo)) return certificateNo;
    const person = await this.identifyPerson.execute(certificateNo, call.input.data.psn_name ?? undefined);
    if (isRefusal(person)) return person;
    const { personNo } = person;
    const balances = await this.database.transaction(async (tx) => {
      const { institutionCode } = institution;
      const maskedCertificate = maskIdentityNumber(certificateNo);
      await rememberPerson(tx, { institutionCode, personNo, maskedCertificate, at: receivedAt });
      return readBalances(tx, [personNo]);
    });
    return {
      baseinfo: personNodes(person, certificateNo, dayOf(receivedAt)),
      insuinfo: person.insurances.map((insurance) => ({
        balc: yuan(balances.get(personNo) ?? 0n),
        insutype: insurance.scheme,
        psn_type: insurance.personType,
        psn_insu_stas: statusCodes[insurance.status],
        psn_insu_date: insurance.from,
        paus_insu_date: insurance.to,
        cvlserv_flag: civilServant(person, insurance.scheme),
        insuplc_admdvs: person.homeArea,
        emp_name: null,
      })),
      idetinfo: [],
    };
  }
}

const identityCard = '02';
const socialCard = '03';

/** 就诊凭证 (N16): an identity card by its number; cards and vouchers must say the number beside what they hold. */
function certificateOf({ data }: RequestOf<FormOf<'1101'>>): Outcome<string> {
  const { mdtrt_cert_type: type, certno } = data;
  const number = type === null || type === identityCard ? (certno ?? data.mdtrt_cert_no) : certno;
  if (number === null && (type === null || type === identityCard))
    throw new EnvelopeProblem('字段 input.data.certno 与 mdtrt_cert_no 都缺失');
  const missing = [
    ...(number === null ? ['证件号码 certno'] : []),
    ...(type === socialCard && data.psn_name === null ? ['姓名 psn_name'] : []),
    ...(type === socialCard && data.card_sn === null ? ['卡识别码 card_sn'] : []),
  ];
  return missing.length === 0 && number !== null
    ? number.toUpperCase()
    : refuse('CREDENTIAL_INCOMPLETE', { missing: missing.join('、') });
}
