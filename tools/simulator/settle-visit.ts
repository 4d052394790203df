import {
  admission,
  chargedRows,
  discharge,
  identityQuestion,
  inpatientSettlement,
  outpatientSettlement,
  outpatientVisit,
  registration,
} from '#shared/gateway-client';
import type { ClientAnswer, GatewayClient, TreatedVisit } from '#shared/gateway-client';
import type { Infno } from '#shared/national-interface';

/** How far a visit came: the last transaction that was sent, and its answer. */
export interface Reached {
  readonly infno: Infno;
  readonly answer: ClientAnswer<Infno>;
}

/** One visit from the certificate to the bill, in the order of the interface; it ends where it is refused. */
export async function settleVisit(client: GatewayClient, visit: TreatedVisit, home: string): Promise<Reached> {
  const identified = await client.send('1101', identityQuestion(visit.person));
  if (identified.infcode !== 0) return { infno: '1101', answer: identified };
  return visit.kind === 'outpatient' ? settleOutpatient(client, visit, { home }) : settleStay(client, visit, { home });
}

type Home = { readonly home: string };

async function settleOutpatient(client: GatewayClient, visit: TreatedVisit, home: Home): Promise<Reached> {
  const registered = await client.send('2201', registration(visit), home);
  if (registered.infcode !== 0) return { infno: '2201', answer: registered };
  const visitId = registered.output.data.mdtrt_id;
  const told = await client.send('2203', outpatientVisit(visit, visitId), { ...home, edition: 'A' });
  if (told.infcode !== 0) return { infno: '2203', answer: told };
  const charged = await client.send('2204', { feedetail: chargedRows(visit, visitId) }, home);
  if (charged.infcode !== 0) return { infno: '2204', answer: charged };
  return { infno: '2207', answer: await client.send('2207', outpatientSettlement(visit, visitId), home) };
}

async function settleStay(client: GatewayClient, visit: TreatedVisit, home: Home): Promise<Reached> {
  const admitted = await client.send('2401', admission(visit), home);
  if (admitted.infcode !== 0) return { infno: '2401', answer: admitted };
  const visitId = admitted.output.result.mdtrt_id;
  const charged = await client.send('2301', { feedetail: chargedRows(visit, visitId) }, home);
  if (charged.infcode !== 0) return { infno: '2301', answer: charged };
  const discharged = await client.send('2402', discharge(visit, visitId), home);
  if (discharged.infcode !== 0) return { infno: '2402', answer: discharged };
  return { infno: '2304', answer: await client.send('2304', inpatientSettlement(visit, visitId), home) };
}
