import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isDay } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { accountBalances, dayChecks, entryLines } from './ledger.repository.js';

@ApiTags('ledger 总账')
@ApiBearerAuth()
@Roles('funds.read')
@Controller('ledger')
export class LedgerController {
  constructor(private readonly database: Database) {}

  @Get('entries')
  @ApiOperation({ summary: '分录' })
  @ApiQuery({ name: 'from', required: false })
  @ApiQuery({ name: 'to', required: false })
  async entries(
    @CurrentCaller() caller: Caller,
    @Query('from') from = '2000-01-01',
    @Query('to') to = '2999-12-31',
  ): Promise<object[]> {
    if (!isDay(from) || !isDay(to))
      return orThrow(refuse('BAD_REQUEST', { detail: 'from、to 应为日期，例如 2026-05-20' }));
    const found = await this.database.asScope(caller.scope, (tx) => entryLines(tx, from, to));
    return found.map(({ debit, credit, ...line }) => ({
      ...line,
      debit: formatYuan(debit),
      credit: formatYuan(credit),
    }));
  }

  @Get('balances')
  @ApiOperation({ summary: '科目余额（借方为正）' })
  async balances(@CurrentCaller() caller: Caller): Promise<object[]> {
    const found = await this.database.asScope(caller.scope, accountBalances);
    return found.map(({ balance, ...line }) => ({ ...line, balance: formatYuan(balance) }));
  }

  @Get('checks')
  @ApiOperation({ summary: '每日借贷平衡' })
  async checks(@CurrentCaller() caller: Caller): Promise<object[]> {
    const found = await this.database.asScope(caller.scope, dayChecks);
    return found.map(({ day, currency, debit, credit }) => ({
      day,
      currency,
      debit: formatYuan(debit),
      credit: formatYuan(credit),
      balanced: debit === credit,
    }));
  }
}
