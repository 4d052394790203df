import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { firstDay, lastDay } from '#shared/clock';
import { Database } from '#shared/database';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { MonthField } from '#shared/service';
import { linesByNorms } from './norm-lines.repository.js';

class MonthQuestion {
  @MonthField() month: string;
}

/** 按诊疗规范的慢特病明细 (N31 H18): what passed because the treatment place has no scope for the disease, for its auditors. */
@ApiTags('declarations 申报与审核')
@ApiBearerAuth()
@Controller('lines-by-norms')
export class NormLinesController {
  constructor(private readonly database: Database) {}

  @Get()
  @Roles('settlement.audit', 'settlement.read')
  @ApiOperation({ summary: '就医地没有支付范围、须按诊疗规范审核的门诊慢特病明细' })
  async list(@Query() { month }: MonthQuestion, @CurrentCaller() { scope }: Caller): Promise<object[]> {
    const found = await this.database.asScope(scope, (tx) => linesByNorms(tx, firstDay(month), lastDay(month)));
    return found.map(({ amountFen, ...line }) => ({ ...line, amount: formatYuan(amountFen) }));
  }
}
