import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { BankDetailsBody, CodeField, MonthField } from '#shared/service';
import { PayInstitution } from './pay-institution.js';
import type { InstitutionPayment } from './payment.js';
import { listPayments, lockPayment, sheetRows } from './payment.repository.js';

class PaymentBody {
  @CodeField('机构编码', /^[HP]\d{11}$/, 'H31000000301') institutionCode: string;
  @MonthField() month: string;
}

const view = ({ declaredFen, deductedFen, methodDifferenceFen, paidFen, ...one }: InstitutionPayment) => ({
  ...one,
  declared: formatYuan(declaredFen),
  deducted: formatYuan(deductedFen),
  methodDifference: formatYuan(methodDifferenceFen),
  paid: formatYuan(paidFen),
});

@ApiTags('payments 拨付')
@ApiBearerAuth()
@Controller('payments')
export class PaymentController {
  constructor(
    private readonly payInstitution: PayInstitution,
    private readonly database: Database,
  ) {}

  @Post()
  @Roles('settlement.pay')
  @ApiOperation({ summary: '编制拨付单' })
  async prepare(@Body() { institutionCode, month }: PaymentBody, @CurrentCaller() caller: Caller): Promise<object> {
    return view(orThrow(await this.payInstitution.prepare(institutionCode, month, caller)));
  }

  @Post(':paymentNo/approval')
  @HttpCode(200)
  @Roles('settlement.approve')
  @ApiOperation({ summary: '复核并登记付款信息' })
  async approve(
    @Param('paymentNo') paymentNo: string,
    @Body() body: BankDetailsBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return view(orThrow(await this.payInstitution.approve(paymentNo, body.details(), caller)));
  }

  @Get()
  @Roles('settlement.read', 'settlement.pay')
  @ApiOperation({ summary: '拨付列表' })
  @ApiQuery({ name: 'month', required: false })
  async list(@CurrentCaller() caller: Caller, @Query('month') month?: string): Promise<object[]> {
    const found = await this.database.asScope(caller.scope, (tx) => listPayments(tx, month ?? null));
    return found.map(view);
  }

  @Get(':paymentNo/sheet')
  @Roles('settlement.read', 'settlement.pay')
  @ApiOperation({ summary: '拨付单明细' })
  async sheet(@Param('paymentNo') paymentNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return this.database.asScope(caller.scope, async (tx) => {
      const payment = await lockPayment(tx, paymentNo);
      if (payment === undefined) return orThrow(refuse('NOT_FOUND', { what: '该拨付' }));
      const lines = await sheetRows(tx, paymentNo);
      return {
        ...view(payment),
        settlements: lines.map(({ total, fund, account, deducted, difference, ...line }) => ({
          ...line,
          total: formatYuan(total),
          fund: formatYuan(fund),
          personalAccount: formatYuan(account),
          deducted: formatYuan(deducted),
          methodDifference: formatYuan(difference),
        })),
      };
    });
  }
}
