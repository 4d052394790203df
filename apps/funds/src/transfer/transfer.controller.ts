import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan, parseYuan } from '#shared/money';
import { BankDetailsBody, Optional, YuanField } from '#shared/service';
import { MoveTransfer } from './move-transfer.js';
import type { Transfer } from './transfer.js';
import { listTransfers, lockTransfer } from './transfer.repository.js';

class PaymentBody extends BankDetailsBody {
  @Optional() @YuanField('付款金额') amount?: string;
  @Optional() @YuanField('银行手续费（不得列支）') bankCharges?: string;
}

const view = ({ amountFen, paidBy: _paidBy, ...transfer }: Transfer): object => ({
  ...transfer,
  amount: formatYuan(amountFen),
});
const shown = (outcome: Outcome<Transfer>): object => view(orThrow(outcome));

@ApiTags('transfers 划拨')
@ApiBearerAuth()
@Controller('transfers')
export class TransferController {
  constructor(
    private readonly moveTransfer: MoveTransfer,
    private readonly database: Database,
  ) {}

  @Get()
  @Roles('funds.read')
  @ApiOperation({ summary: '划拨列表' })
  @ApiQuery({ name: 'purpose', required: false })
  @ApiQuery({ name: 'period', required: false })
  @ApiQuery({ name: 'payer', required: false })
  async list(
    @CurrentCaller() caller: Caller,
    @Query('purpose') purpose?: string,
    @Query('period') period?: string,
    @Query('payer') payer?: string,
  ): Promise<object[]> {
    const wanted = { purpose: purpose ?? null, period: period ?? null, payer: payer ?? null };
    return (await this.database.asScope(caller.scope, (tx) => listTransfers(tx, wanted))).map(view);
  }

  @Post(':transferNo/submission')
  @HttpCode(200)
  @Roles('funds.submit')
  @ApiOperation({ summary: '提交财政' })
  async submit(@Param('transferNo') transferNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return shown(await this.moveTransfer.submit(transferNo, caller));
  }

  @Post(':transferNo/payment')
  @HttpCode(200)
  @Roles('funds.pay')
  @ApiOperation({ summary: '登记付款（银行、流水号、日期缺一不可）' })
  async pay(
    @Param('transferNo') transferNo: string,
    @Body() body: PaymentBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    if (body.bankCharges !== undefined && parseYuan(body.bankCharges) !== 0n)
      return orThrow(refuse('BANK_CHARGES_NOT_BOOKED'));
    if (body.amount !== undefined) {
      const due = await this.database.asScope(caller.scope, (tx) => lockTransfer(tx, transferNo));
      if (due !== undefined && due.amountFen !== parseYuan(body.amount)) {
        return orThrow(refuse('AMOUNT_DIFFERS', { given: body.amount, due: formatYuan(due.amountFen) }));
      }
    }
    return shown(await this.moveTransfer.pay(transferNo, body.details(), caller));
  }

  @Post(':transferNo/payment-approval')
  @HttpCode(200)
  @Roles('funds.approve')
  @ApiOperation({ summary: '复核付款' })
  async approve(@Param('transferNo') transferNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return shown(await this.moveTransfer.approve(transferNo, caller));
  }

  @Post(':transferNo/payment-return')
  @HttpCode(200)
  @Roles('funds.approve')
  @ApiOperation({ summary: '退回付款，重新登记' })
  async sendBack(@Param('transferNo') transferNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return shown(await this.moveTransfer.sendBack(transferNo, caller));
  }

  @Post(':transferNo/receipt')
  @HttpCode(200)
  @Roles('funds.confirm')
  @ApiOperation({ summary: '确认到账' })
  async receive(@Param('transferNo') transferNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return shown(await this.moveTransfer.confirm(transferNo, caller));
  }
}
