import { Injectable } from '@nestjs/common';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { sum } from '#shared/money';
import type { Fen } from '#shared/money';
import type { Counterpart } from '#shared/service';
import { findHomeSettlement, insertHomeSettlements } from '../home-book.repository.js';
import { HomeSide } from '../home-side.js';
import type { RefundRequest, Share, ShareRequest } from '../home-side.js';
import { CounterpartClient } from './counterpart-client.js';
import type { Delivery } from './counterpart-client.js';
import { Counterparts } from './counterparts.js';
import { doubtfulOf, insertExchange, lastToldBalance, lockExchange, moveExchange } from './exchange.repository.js';
import { ExchangeRelay } from './exchange-relay.js';
import { readShare, wire, writeRefundRequest, writeShareRequest } from './home-wire.js';

/**
 * 异地参保地侧: the home side in another deployment. A bill is asked for before its transaction (`ask`), settled in it with the
 * grant that is kept here, and reversed there when it is not settled in the end (`forgo`). A refund is committed here and then
 * told until it is acknowledged. Nothing here waits for the network while it holds a lock.
 */
@Injectable()
export class RemoteHomeSide extends HomeSide {
  constructor(
    private readonly database: Database,
    private readonly counterparts: Counterparts,
    private readonly client: CounterpartClient,
    private readonly relay: ExchangeRelay,
  ) {
    super();
  }

  override async trial(request: ShareRequest): Promise<Outcome<Share>> {
    const delivery = await this.client.send(this.counterpartOf(request), 'trials', writeShareRequest(request));
    return readAnswer(delivery) ?? refuse('HOME_SIDE_SILENT');
  }

  /** Asks the home side to grant a bill. Undefined when the grant is here and the settlement may be committed. */
  async ask(request: ShareRequest): Promise<Refusal | undefined> {
    const counterpart = this.counterpartOf(request);
    if (!(await this.clearDoubts(request.personNo))) return refuse('HOME_SIDE_SILENT');
    const { settlementId, visitId, personNo, homeArea, treatmentArea, institutionCode } = request;
    const asked = writeShareRequest(request);
    await this.database.transaction((tx) =>
      insertExchange(tx, {
        ...{ exchangeId: settlementId, counterpart: counterpart.name, state: 'asked', visitId, personNo },
        ...{ homeArea, treatmentArea, institutionCode, request: JSON.stringify(asked) },
      }),
    );
    const delivery = await this.client.send(counterpart, 'settlements', asked);
    const answer = readAnswer(delivery);
    if (delivery.kind === 'unsent') return this.end(settlementId, refuse('HOME_SIDE_SILENT'));
    if (answer === undefined) return this.forgo(settlementId).then(() => refuse('HOME_SIDE_SILENT'));
    if (!('packId' in answer)) return this.end(settlementId, answer);
    const kept = await this.database.transaction((tx) => moveExchange(tx, settlementId, 'grant', grantedIn(delivery)));
    return kept ? undefined : refuse('HOME_SIDE_SILENT');
  }

  /** 放弃: granted or in doubt, and not settled here: the home side takes it back. Where it was settled after all, nothing happens. */
  async forgo(settlementId: string): Promise<void> {
    await this.database.transaction((tx) => moveExchange(tx, settlementId, 'doubt'));
    this.relay.wake();
  }

  override async settle(tx: Transaction, requests: readonly ShareRequest[]): Promise<Outcome<Share>[]> {
    const shares: Outcome<Share>[] = [];
    for (const request of requests) shares.push(await this.commit(tx, request));
    return shares;
  }

  private async commit(tx: Transaction, request: ShareRequest): Promise<Outcome<Share>> {
    const exchange = await lockExchange(tx, request.settlementId);
    if (exchange?.state !== 'granted') return refuse('HOME_SIDE_SILENT');
    if (exchange.request !== JSON.stringify(writeShareRequest(request))) return refuse('BILL_CHANGED');
    await moveExchange(tx, request.settlementId, 'commit');
    const share = readShare(exchange.share);
    const { settlementId, visitId, personNo, scheme, homeArea, treatmentArea, institutionCode, setting } = request;
    await insertHomeSettlements(tx, [
      {
        ...{
          settlementId,
          refundOf: null,
          visitId,
          personNo,
          scheme,
          homeArea,
          treatmentArea,
          institutionCode,
          setting,
        },
        ...{ settledOn: request.settledOn, benefitYear: share.benefitYear, totalFen: request.scope.totalFen },
        fundFen: sum(share.funds.map(({ amountFen }) => amountFen)),
        ...{ personalAccountFen: share.personalAccountFen, changes: {}, facts: null },
      },
    ]);
    return share;
  }

  override async refund(tx: Transaction, request: RefundRequest): Promise<Fen> {
    const original = await findHomeSettlement(tx, request.refundOf);
    if (original === undefined) throw new Error('the home side never granted this settlement');
    const { visitId, personNo, homeArea, treatmentArea, institutionCode } = original;
    const counterpart = this.counterpartOf(original);
    await insertExchange(tx, {
      ...{ exchangeId: request.settlementId, counterpart: counterpart.name, state: 'owed', visitId, personNo },
      ...{ homeArea, treatmentArea, institutionCode, request: JSON.stringify(writeRefundRequest(request)) },
    });
    await insertHomeSettlements(tx, [
      {
        ...original,
        ...{ settlementId: request.settlementId, refundOf: request.refundOf, settledOn: request.settledOn },
        ...{ totalFen: -original.totalFen, fundFen: -original.fundFen },
        personalAccountFen: -original.personalAccountFen,
      },
    ]);
    this.relay.wake();
    return (await lastToldBalance(tx, personNo)) + original.personalAccountFen;
  }

  /** What is still in doubt for a person is reversed first: else the home side would count it beside the new bill. */
  private async clearDoubts(personNo: string): Promise<boolean> {
    const doubtful = await this.database.transaction((tx) => doubtfulOf(tx, personNo));
    for (const exchange of doubtful) if (!(await this.relay.tell(exchange))) return false;
    return true;
  }

  private async end(settlementId: string, refusal: Refusal): Promise<Refusal> {
    await this.database.transaction((tx) => moveExchange(tx, settlementId, 'refuse'));
    return refusal;
  }

  private counterpartOf({ homeArea }: { readonly homeArea: string }): Counterpart {
    const counterpart = this.counterparts.serving(homeArea);
    if (counterpart === undefined) throw new Error(`${homeArea} is served here`);
    return counterpart;
  }
}

const grantedIn = (delivery: Delivery): unknown =>
  delivery.kind === 'answered' ? (delivery.answer as { granted?: unknown }).granted : undefined;

/** A share or a refusal; undefined for everything that is no answer of the contract. */
function readAnswer(delivery: Delivery): Outcome<Share> | undefined {
  if (delivery.kind !== 'answered') return undefined;
  const granted = grantedIn(delivery);
  if (wire.share.Check(granted)) return readShare(granted);
  if (!wire.refused.Check(delivery.answer)) return undefined;
  const { refused, args } = delivery.answer;
  return refuse(refused, args);
}
