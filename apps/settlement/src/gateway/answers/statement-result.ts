import { strToU8, zipSync } from 'fflate';
import type { Transaction } from '#shared/database';
import { formatYuan } from '#shared/money';
import type { DifferenceKind, Found } from '../../reconciliation/reconciliation.js';
import { findSettlement } from '../../settlement/settlement.repository.js';
import { fundTotal } from '../../settlement/settlement.js';
import type { GatewayFile } from '../gateway-transaction.js';

const results: Record<DifferenceKind, { code: string; memo: string }> = {
  'missing-at-treatment': { code: '2', memo: '机构有而中心无，请核对后冲正或重新结算' },
  'missing-at-institution': { code: '3', memo: '中心有而机构无，可按 msgid 冲正（2601）' },
  'missing-at-home': { code: '4', memo: '参保地尚无此笔，由经办机构处理' },
  'status-differs': { code: '4', memo: '退费标志不一致' },
  'amount-differs': { code: '4', memo: '金额不一致' },
};

/** 明细对账结果文件 (3202): a line per difference, TAB between the columns, with the message id that 2601 needs. */
export async function resultFile(
  tx: Transaction,
  institutionCode: string,
  found: readonly Found[],
  name: string,
): Promise<GatewayFile> {
  const lines: string[] = [];
  for (const { settlementId, kind } of found) {
    const known = await findSettlement(tx, settlementId);
    // A foreign settlement is simply not there.
    const ours = known?.institutionCode === institutionCode ? known : undefined;
    const { code, memo } = results[kind];
    const cells = [
      ...[ours?.personNo, ours?.visitId, settlementId, ours?.msgid, code, ours?.kind === 'refund' ? '1' : '0', memo],
      ours === undefined ? undefined : formatYuan(ours.totalFen),
      ours === undefined ? undefined : formatYuan(fundTotal(ours)),
      ours === undefined ? undefined : formatYuan(ours.personalAccountFen),
    ];
    lines.push(cells.map((cell) => cell ?? 'null').join('\t'));
  }
  return { name: `${name}.zip`, content: zipSync({ [`${name}.txt`]: strToU8(lines.join('\n')) }) };
}
