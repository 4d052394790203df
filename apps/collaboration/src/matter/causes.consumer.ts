import { Controller } from '@nestjs/common';
import { OnEvent } from '#shared/bus';
import type { Envelope } from '#shared/bus';
import { reconciliationMismatched, warningRaised } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import type { Transaction } from '#shared/database';
import { areaName, nation, provinceOf } from '#shared/regions';
import { MatterBook } from './matter-book.js';
import { lockMatterFor } from './matter.repository.js';

const kindNames: Record<PayloadOf<typeof reconciliationMismatched>['kind'], string> = {
  'missing-at-institution': '机构缺失',
  'missing-at-treatment': '就医地缺失',
  'missing-at-home': '参保地缺失',
  'amount-differs': '金额不符',
  'status-differs': '状态不符',
};
const levelNames: Record<PayloadOf<typeof warningRaised>['level'], string> = { yellow: '黄色', red: '红色' };

/** 自动立项: a warning and a reconciliation difference open a matter by themselves; a difference that is gone closes it. */
@Controller()
export class CausesConsumer {
  constructor(private readonly book: MatterBook) {}

  @OnEvent(warningRaised)
  async warning({ payload }: Envelope<PayloadOf<typeof warningRaised>>, tx: Transaction): Promise<void> {
    const { warningNo, payee, level, percent, cleared, prepayment, raisedOn, period } = payload;
    if ((await lockMatterFor(tx, warningNo)) !== undefined) return;
    const subject = `预付金${levelNames[level]}预警：${areaName(payee)} ${period} 使用率 ${percent}%`;
    const details = `清算 ${cleared} 元，预付金 ${prepayment} 元`;
    await this.book.open(
      tx,
      { type: 'other', cause: 'warning', reference: warningNo, subject, details, asker: nation, responsible: payee },
      raisedOn,
      'system',
    );
  }

  @OnEvent(reconciliationMismatched)
  async mismatch({ payload }: Envelope<PayloadOf<typeof reconciliationMismatched>>, tx: Transaction): Promise<void> {
    const {
      differenceId,
      state,
      day,
      kind,
      settlementId,
      institutionCode,
      fundAmount,
      treatmentArea,
      homeArea,
      foundOn,
      resolvedOn,
    } = payload;
    const known = await lockMatterFor(tx, differenceId);
    if (state === 'resolved') {
      if (known !== undefined)
        await this.book.move(tx, known, 'close', '对账差异已消除', resolvedOn ?? foundOn, 'system');
      return;
    }
    if (known !== undefined) return;
    const subject = `对账差异：${day} ${kindNames[kind]}，基金 ${fundAmount} 元`;
    const details = `结算 ${settlementId}，机构 ${institutionCode}`;
    const parties = { asker: askerFor(homeArea, treatmentArea), responsible: treatmentArea };
    await this.book.open(
      tx,
      { type: 'other', cause: 'reconciliation', reference: differenceId, subject, details, ...parties },
      foundOn,
      'system',
    );
  }
}

/** The home province asks; where that is the responsible agency itself, the nation does. */
const askerFor = (homeArea: string, responsible: string): string =>
  provinceOf(homeArea) === responsible ? nation : provinceOf(homeArea);
