import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { lastDay } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, isWithin, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { PrepaymentRules } from '../prepayment-rules.js';
import { usageByPayee } from './rules/usage-by-payee.js';
import { usageOf } from './rules/warning-level.js';
import { usagePairs, warningsOf, wasCleared } from './usage.repository.js';

@ApiTags('usage 预付金使用与预警')
@ApiBearerAuth()
@Roles('funds.read')
@Controller()
export class UsageController {
  constructor(
    private readonly database: Database,
    private readonly rules: PrepaymentRules,
  ) {}

  @Get('usage')
  @ApiOperation({ summary: '各收款省预付金使用率' })
  @ApiQuery({ name: 'period', example: '2026-03' })
  async usage(@CurrentCaller() caller: Caller, @Query('period') period = ''): Promise<object[]> {
    const month = monthOrRefuse(period);
    return this.database.transaction(async (tx) => {
      if (!(await wasCleared(tx, month))) return [];
      const own = usageByPayee(await usagePairs(tx, month)).filter(({ payee }) => isWithin(caller.scope, payee));
      return own.map(({ payee, clearedFen, prepaymentFen, pairs }) => {
        const { percent, level } = usageOf(clearedFen, prepaymentFen, this.rules.values, lastDay(month));
        return {
          payee,
          cleared: formatYuan(clearedFen),
          prepayment: formatYuan(prepaymentFen),
          percent: percent ?? null,
          level,
          pairs: pairs.map((pair) => ({
            payer: pair.payer,
            cleared: formatYuan(pair.clearedFen),
            prepayment: formatYuan(pair.prepaymentFen),
          })),
        };
      });
    });
  }

  @Get('warnings')
  @ApiOperation({ summary: '预付金预警' })
  @ApiQuery({ name: 'period', example: '2026-03' })
  async warnings(@CurrentCaller() caller: Caller, @Query('period') period = ''): Promise<object[]> {
    const found = await this.database.transaction((tx) => warningsOf(tx, monthOrRefuse(period)));
    return found
      .filter(({ payee }) => isWithin(caller.scope, payee))
      .map(({ clearedFen, prepaymentFen, ...warning }) => ({
        ...warning,
        cleared: formatYuan(clearedFen),
        prepayment: formatYuan(prepaymentFen),
      }));
  }
}

function monthOrRefuse(text: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
    ? text
    : orThrow(refuse('BAD_REQUEST', { detail: 'period（清算期）例如 2026-03' }));
}
