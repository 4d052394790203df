import { sum } from '#shared/money';
import type { FundPayment } from '../benefit/benefit.js';
import type { Share } from '../home/home-side.js';
import type { Bill, SettleCommand } from './bill.js';
import type { Settlement } from './settlement.js';

/** Both sides together: the treatment side's amounts and the home side's share. */
export function settlementOf(command: SettleCommand, { visit, request }: Bill, share: Share): Settlement {
  return {
    settlementId: request.settlementId,
    kind: 'charge',
    refundOf: null,
    visitId: visit.visitId,
    personNo: visit.personNo,
    scheme: visit.scheme,
    setting: visit.setting,
    medType: visit.medType,
    route: request.route,
    homeArea: visit.homeArea,
    treatmentArea: request.treatmentArea,
    institutionCode: request.institutionCode,
    admittedOn: visit.admittedOn,
    settledOn: command.settledOn,
    settledAt: command.settledAt,
    ...request.scope,
    deductibleFen: share.deductibleFen,
    ratio: share.ratio?.toFixed() ?? '0',
    ratioFrom: share.figures.find(({ rule }) => rule === 'ratio')?.formula ?? '',
    funds: byFundType(share.funds),
    personalAccountFen: share.personalAccountFen,
    cashFen: share.cashFen,
    hospitalFen: share.hospitalFen,
    accountBalanceAfterFen: share.accountBalanceAfterFen,
    packId: share.packId,
    explanation: share.figures,
    msgid: command.msgid,
    invoiceNo: command.invoiceNo,
  };
}

/** One row per fund code, as the clearing tables count them; which layer paid what is in the explanation. */
export function byFundType(payments: readonly FundPayment[]): Settlement['funds'] {
  const codes = [...new Set(payments.map(({ fundType }) => fundType))];
  return codes.map((fundType) => ({
    fundType,
    amountFen: sum(payments.filter((one) => one.fundType === fundType).map(({ amountFen }) => amountFen)),
  }));
}
