import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isDay } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { ConfirmReconciliation } from './confirm-reconciliation.js';
import { differencesOn, partyTotals } from './reconciliation.repository.js';

@ApiTags('reconciliations 对账')
@ApiBearerAuth()
@Roles('settlement.reconcile')
@Controller()
export class ReconciliationController {
  constructor(
    private readonly database: Database,
    private readonly confirmReconciliation: ConfirmReconciliation,
  ) {}

  @Get('reconciliations/:day')
  @ApiOperation({ summary: '当日三方对账结果' })
  async get(@Param('day') day: string, @CurrentCaller() caller: Caller): Promise<object> {
    if (!isDay(day)) return orThrow(refuse('BAD_REQUEST', { detail: '日期例如 2026-03-16' }));
    return this.database.asScope(caller.scope, async (tx) => {
      const differences = await differencesOn(tx, day);
      const parties = await partyTotals(tx, day);
      return {
        day,
        state: differences.some(({ state }) => state === 'open') ? 'differs' : 'balanced',
        parties: parties.map(({ party, settlements, totalFen, fundFen, accountFen }) => ({
          party,
          settlements,
          total: formatYuan(totalFen),
          fund: formatYuan(fundFen),
          personalAccount: formatYuan(accountFen),
        })),
        differences: differences.map(({ differenceId, fundFen, accountFen, ...one }) => ({
          differenceId: `X${differenceId}`,
          ...one,
          fundAmount: formatYuan(fundFen),
          accountAmount: formatYuan(accountFen),
        })),
      };
    });
  }

  @Post('reconciliations/:day/confirmation')
  @HttpCode(200)
  @ApiOperation({ summary: '参保地确认当日对账' })
  async confirmDay(@Param('day') day: string, @CurrentCaller() caller: Caller): Promise<object> {
    if (!isDay(day)) return orThrow(refuse('BAD_REQUEST', { detail: '日期例如 2026-03-16' }));
    return orThrow(await this.confirmReconciliation.execute({ from: day, to: day, period: day }, caller));
  }

  @Post('reconciliation-months/:month/confirmation')
  @HttpCode(200)
  @ApiOperation({ summary: '参保地确认上月对账（每月 3 日前）' })
  async confirmMonth(@Param('month') month: string, @CurrentCaller() caller: Caller): Promise<object> {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return orThrow(refuse('BAD_REQUEST', { detail: '月份例如 2026-03' }));
    return orThrow(await this.confirmReconciliation.ofMonth(month, caller));
  }
}
