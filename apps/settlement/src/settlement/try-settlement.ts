import { Injectable } from '@nestjs/common';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { HomeSide } from '../home/home-side.js';
import type { SettleCommand } from './bill.js';
import { PrepareBill } from './prepare-bill.js';
import { settlementOf } from './settlement-of-bill.js';
import type { Settlement } from './settlement.js';

/** 预结算: the same bill and the same engine as the settlement, without moving anything. */
@Injectable()
export class TrySettlement {
  constructor(
    private readonly bills: PrepareBill,
    private readonly homeSide: HomeSide,
  ) {}

  async execute(command: SettleCommand): Promise<Outcome<Settlement>> {
    const bill = await this.bills.execute(command, '', 'try');
    if (isRefusal(bill)) return bill;
    const share = await this.homeSide.trial(bill.request);
    return isRefusal(share) ? share : settlementOf(command, bill, share);
  }
}
