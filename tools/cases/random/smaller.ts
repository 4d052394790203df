import { isFields, isGiven } from '../naive/fields.js';
import type { Fields, Node } from '../naive/model.js';
import { isRefund, type ChargeBill, type HistoryBill, type HistoryPart } from './history.js';

/** Everything a little smaller than a pack: a branch for a tree, a key or an entry less, a plainer number. */
export function* smallerNodes(node: Node): Generator<Node> {
  if (typeof node === 'string') yield* smallerTexts(node);
  else if (Array.isArray(node)) yield* smallerLists(node as readonly Node[]);
  else if (isFields(node)) yield* smallerFields(node);
}

function* smallerTexts(text: string): Generator<string> {
  if (!/^\d+(\.\d+)?$/.test(text)) return;
  const plainer = ['0', '1', '100', String(Number(Number(text).toPrecision(1))), String(Math.trunc(Number(text)))];
  yield* plainer.filter((one) => one.length < text.length || (one.length === text.length && one < text));
}

function* smallerLists<T extends Node>(list: readonly T[]): Generator<Node> {
  for (const index of list.keys()) if (list.length > 1) yield list.toSpliced(index, 1);
  for (const [index, item] of list.entries()) {
    for (const smaller of smallerNodes(item)) yield (list as readonly Node[]).with(index, smaller);
  }
}

function* smallerFields(fields: Fields): Generator<Node> {
  const keys = Object.keys(fields);
  if (isGiven(fields['by'])) for (const key of keys) if (key !== 'by') yield fields[key] ?? null;
  if ('unconfirmed' in fields && isGiven(fields['value'])) yield fields['value'];
  for (const key of keys) {
    const { [key]: _, ...others } = fields;
    yield others;
  }
  for (const key of keys) for (const smaller of smallerNodes(fields[key] ?? null)) yield { ...fields, [key]: smaller };
}

/** One bill less, with its refund; then plainer bills. */
export function* smallerBills(bills: readonly HistoryBill[]): Generator<readonly HistoryBill[]> {
  for (const { id } of bills) yield bills.filter((bill) => bill.id !== id && !(isRefund(bill) && bill.refundOf === id));
  for (const [index, bill] of bills.entries()) {
    if (!isRefund(bill)) for (const smaller of smallerCharges(bill)) yield bills.with(index, smaller);
  }
}

const PLAIN = { where: 'home', route: 'none', designated: true, useAccount: false } as const;

function* smallerCharges(bill: ChargeBill): Generator<ChargeBill> {
  for (const [key, value] of Object.entries(PLAIN)) {
    if (bill[key as keyof typeof PLAIN] !== value) yield { ...bill, [key]: value };
  }
  if (bill.diseases.length > 0) yield { ...bill, diseases: bill.diseases.slice(1) };
  if (bill.discharged !== bill.on) yield { ...bill, discharged: bill.on };
  if (bill.admitted !== bill.on) yield { ...bill, admitted: bill.on, discharged: bill.on };
  if (bill.person.identities.length > 0) yield { ...bill, person: { ...bill.person, identities: [] } };
  for (const parts of smallerParts(bill.parts)) yield { ...bill, parts, total: totalOf(parts) };
}

function* smallerParts(parts: readonly HistoryPart[]): Generator<readonly HistoryPart[]> {
  for (const index of parts.keys()) if (parts.length > 1) yield parts.toSpliced(index, 1);
  for (const [index, { item, on, ...amounts }] of parts.entries()) {
    const marks = { ...(item === undefined ? {} : { item }), ...(on === undefined ? {} : { on }) };
    if (item !== undefined) yield parts.with(index, { ...amounts, ...(on === undefined ? {} : { on }) });
    if (on !== undefined) yield parts.with(index, { ...amounts, ...(item === undefined ? {} : { item }) });
    for (const [name, text] of Object.entries(amounts)) {
      for (const smaller of smallerTexts(text)) yield parts.with(index, { ...amounts, ...marks, [name]: smaller });
    }
  }
}

function totalOf(parts: readonly HistoryPart[]): string {
  const texts = parts.flatMap(({ ownExpense, overLimit, firstPay, inScope }) => [
    ownExpense,
    overLimit,
    firstPay,
    inScope,
  ]);
  return (texts.reduce((fen, text) => fen + Math.round(Number(text) * 100), 0) / 100).toFixed(2);
}
