import type { TransactionForm } from './transaction-form.js';
import { inpatientTransactions } from './transactions/inpatient.js';
import { outpatientTransactions } from './transactions/outpatient.js';
import { personTransactions } from './transactions/person.js';
import { queryTransactions } from './transactions/queries.js';
import { reconciliationTransactions } from './transactions/reconciliation.js';
import { selfPayTransactions } from './transactions/self-pay.js';

/** 交易目录: every transaction that is offered, by its number. */
export const interfaceTable = {
  ...personTransactions,
  ...outpatientTransactions,
  ...inpatientTransactions,
  ...reconciliationTransactions,
  ...selfPayTransactions,
  ...queryTransactions,
} as const;

export type Infno = keyof typeof interfaceTable;
export type FormOf<I extends Infno> = (typeof interfaceTable)[I];

/** 不在此办理: numbers of the interface that are known and not offered here, and what to do instead. */
export const notOffered: Readonly<Record<string, { readonly name: string; readonly instead: string }>> = {
  '2501': { name: '转院备案', instead: '请用医院一站式转诊（备案服务）办理，即时生效' },
  '2502': { name: '转院备案撤销', instead: '请在办理转诊的一站式服务中取消' },
  '2503': { name: '人员慢特病备案', instead: '慢特病资格由参保地认定，请参保人到参保地办理' },
  '2504': { name: '人员慢特病备案撤销', instead: '请由参保地办理' },
  '2505': { name: '人员定点备案', instead: '异地就医不需选定机构' },
  '2506': { name: '人员定点备案撤销', instead: '异地就医不需选定机构' },
  '5205': { name: '人员慢特病用药记录查询', instead: '用 5204 查询本机构的费用明细' },
  '5302': { name: '人员定点信息查询', instead: '异地就医不需选定机构' },
};

export const elsewhere = (infno: string): (typeof notOffered)[string] | undefined =>
  Object.hasOwn(notOffered, infno) ? notOffered[infno] : undefined;

export const isInfno = (text: string): text is Infno => Object.hasOwn(interfaceTable, text);

/** The A form of a transaction is a newer edition of the same; nothing that is offered here differs between them. */
export function baseInfno(infno: string): string {
  return isInfno(infno) || !infno.endsWith('A') ? infno : infno.slice(0, -1);
}

/** 服务地址: which transaction an address below /fsi/api/ means. The misspellings are the real ones. */
const byPath: ReadonlyMap<string, Infno> = new Map(
  (Object.entries(interfaceTable) as [Infno, TransactionForm][]).flatMap(([infno, { paths }]) =>
    paths.map((path): [string, Infno] => [path, infno]),
  ),
);
export const infnoOfPath = (path: string): Infno | undefined => byPath.get(path);
