import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize } from 'class-validator';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan, parseYuan } from '#shared/money';
import { AreaField, ListField, NumberField, TextListField } from '#shared/service';
import { FixQuotas } from './fix-quotas.js';
import type { Quota } from './quota.js';
import { quotasOf } from './quota.repository.js';

class PairBody {
  @AreaField('付款省') payer: string;
  @AreaField('收款省') payee: string;
  @TextListField('上年第四季度各月基金支付', 3) @ArrayMinSize(3) @ArrayMaxSize(3) q4: string[];
}
class QuotaBody {
  @NumberField('年度', 2015, 2999) year: number;
  @ListField('付款省与收款省', () => PairBody, 1200) pairs: PairBody[];
}

const view = ({ exactFen, quotaFen, preparedBy: _preparedBy, ...quota }: Quota): object => ({
  ...quota,
  exact: formatYuan(exactFen),
  quota: formatYuan(quotaFen),
});

@ApiTags('quotas 预付金额度')
@ApiBearerAuth()
@Controller('quotas')
export class QuotaController {
  constructor(
    private readonly fixQuotas: FixQuotas,
    private readonly database: Database,
  ) {}

  @Post()
  @Roles('funds.quota')
  @ApiOperation({ summary: '核算年度预付金额度' })
  async prepare(@Body() { year, pairs }: QuotaBody, @CurrentCaller() caller: Caller): Promise<object[]> {
    const bases = pairs.map(({ payer, payee, q4 }) => ({ payer, payee, lastQuarterFen: q4.map(parseYuan) }));
    return orThrow(await this.fixQuotas.prepare(year, bases, caller)).map(view);
  }

  @Post(':year/approval')
  @HttpCode(200)
  @Roles('funds.approve')
  @ApiOperation({ summary: '核定额度并开立预付划拨' })
  async approve(@Param('year', ParseIntPipe) year: number, @CurrentCaller() caller: Caller): Promise<object[]> {
    return orThrow(await this.fixQuotas.approve(year, caller)).map(view);
  }

  @Get()
  @Roles('funds.read')
  @ApiOperation({ summary: '预付金额度' })
  @ApiQuery({ name: 'year', required: true })
  async list(@CurrentCaller() caller: Caller, @Query('year') year = ''): Promise<object[]> {
    if (!/^\d{4}$/.test(year)) return orThrow(refuse('BAD_REQUEST', { detail: 'year（年度）例如 2026' }));
    return (await this.database.asScope(caller.scope, (tx) => quotasOf(tx, Number(year)))).map(view);
  }
}
