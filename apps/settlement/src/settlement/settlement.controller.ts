import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { firstDay, lastDay } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { explainLine } from '../benefit/explain-text.js';
import { findSettlement, linesOfSettlement, listSettlements } from './settlement.repository.js';
import { settlementView } from './settlement-view.js';

@ApiTags('settlements 结算')
@ApiBearerAuth()
@Roles('settlement.read')
@Controller('settlements')
export class SettlementController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: '结算列表' })
  @ApiQuery({ name: 'month', required: false })
  @ApiQuery({ name: 'institution', required: false })
  @ApiQuery({ name: 'personNo', required: false })
  async list(
    @CurrentCaller() caller: Caller,
    @Query('month') month?: string,
    @Query('institution') institutionCode?: string,
    @Query('personNo') personNo?: string,
  ): Promise<object[]> {
    if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      return orThrow(refuse('BAD_REQUEST', { detail: 'month（月份）例如 2026-03' }));
    const days = month === undefined ? {} : { from: firstDay(month), to: lastDay(month) };
    const found = await this.database.asScope(caller.scope, (tx) =>
      listSettlements(tx, { institutionCode, personNo, ...days }),
    );
    return found.map((one) => settlementView(one, []));
  }

  @Get(':settlementId/explanation')
  @ApiOperation({ summary: '每个数字的由来：规则、条款、算式；text 可读给患者听' })
  async explanation(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<object> {
    const found = await this.database.asScope(caller.scope, (tx) => findSettlement(tx, settlementId));
    if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该结算' }));
    const { explanation, packId, refundOf } = found;
    return { settlementId, refundOf, packId, figures: explanation, text: explanation.map(explainLine) };
  }

  @Get(':settlementId')
  @ApiOperation({ summary: '结算详情，含明细与每个数字的依据' })
  async get(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<object> {
    return this.database.asScope(caller.scope, async (tx) => {
      const found = await findSettlement(tx, settlementId);
      if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该结算' }));
      return settlementView(found, await linesOfSettlement(tx, found.refundOf ?? settlementId));
    });
  }
}
