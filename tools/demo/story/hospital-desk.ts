import type { Doors, EnvelopeAnswer, Json } from '../doors.js';
import { StoryBroken } from '../story-broken.js';
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
} from './hospital-messages.js';
import type { VisitFact } from './visits.js';

export interface SettledVisit {
  readonly fact: VisitFact;
  readonly visitId: string;
  readonly settlementId: string;
  readonly setlinfo: Json;
}

/** What a trial and the settlement after it must agree in. */
const figures = [
  'medfee_sumamt',
  'fund_pay_sumamt',
  'acct_pay',
  'psn_cash_pay',
  'act_pay_dedc',
  'preselfpay_amt',
  'overlmt_selfpay',
  'inscp_scp_amt',
] as const;

/** The transaction numbers of a kind of treatment. */
export const transactionsOf = ({ kind }: Pick<VisitFact, 'kind'>) =>
  kind === 'outpatient'
    ? ({ charge: '2204', trial: '2206', settle: '2207', refund: '2208' } as const)
    : ({ charge: '2301', trial: '2303', settle: '2304', refund: '2305' } as const);

/** What a hospital's window does with one visit: the transactions of the national interface, in their order. */
export class HospitalDesk {
  constructor(private readonly doors: Doors) {}

  async identify(fact: VisitFact): Promise<Json> {
    const { institution, person } = partiesOf(fact);
    return this.doors.settle(institution, '1101', identityInput(person));
  }

  /** 2401 after 1101, as the hospital sends them; the answer may be a refusal. */
  async admission(fact: VisitFact): Promise<EnvelopeAnswer> {
    await this.identify(fact);
    const { institution, home } = partiesOf(fact);
    return this.doors.hospital(institution, '2401', admissionInput(fact), home);
  }

  async admit(fact: VisitFact): Promise<string> {
    const answer = await this.admission(fact);
    const visitId = (answer.output?.['result'] as Json | undefined)?.['mdtrt_id'];
    if (answer.infcode !== 0 || typeof visitId !== 'string')
      throw new StoryBroken(`${fact.id} 2401: ${answer.err_msg}`);
    return visitId;
  }

  async register(fact: VisitFact): Promise<string> {
    await this.identify(fact);
    const { institution, home } = partiesOf(fact);
    const output = await this.doors.settle(institution, '2201', registrationInput(fact), home);
    const visitId = String((output['data'] as Json)['mdtrt_id']);
    await this.doors.settle(institution, '2203A', outpatientVisitInput(fact, visitId), home);
    return visitId;
  }

  async charge(fact: VisitFact, visitId: string): Promise<void> {
    const { institution, home } = partiesOf(fact);
    const input = { feedetail: feeLines(fact, visitId) };
    await this.doors.settle(institution, transactionsOf(fact).charge, input, home);
  }

  async discharge(fact: VisitFact, visitId: string): Promise<void> {
    const { institution, home } = partiesOf(fact);
    await this.doors.settle(institution, '2402', dischargeInput(fact, visitId), home);
  }

  /** Trial, then settlement; the two must agree figure for figure. */
  async settleWithTrial(fact: VisitFact, visitId: string, msgid?: string): Promise<SettledVisit> {
    const { institution, home } = partiesOf(fact);
    const input = settlementInput(fact, visitId);
    const { trial, settle } = transactionsOf(fact);
    const tried = (await this.doors.settle(institution, trial, input, home))['setlinfo'] as Json;
    const options = { ...home, ...(msgid === undefined ? {} : { msgid }) };
    const setlinfo = (await this.doors.settle(institution, settle, input, options))['setlinfo'] as Json;
    for (const key of figures) {
      if (String(tried[key]) !== String(setlinfo[key]))
        throw new StoryBroken(`${fact.id}: trial and settlement differ in ${key}`);
    }
    return { fact, visitId, settlementId: String(setlinfo['setl_id']), setlinfo };
  }

  async refund({ fact, visitId, settlementId }: SettledVisit): Promise<Json> {
    const { institution, home } = partiesOf(fact);
    const input = refundInput(fact, visitId, settlementId);
    const output = await this.doors.settle(institution, transactionsOf(fact).refund, input, home);
    return output['setlinfo'] as Json;
  }
}
