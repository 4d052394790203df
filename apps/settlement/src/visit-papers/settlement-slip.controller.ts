import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { DayField, FileAnswer, pdfType } from '#shared/service';
import { clueNames } from '../settlement/rules/settlement-clues.js';
import { listClues } from '../settlement/settlement-clue.repository.js';
import { ReadVisitPapers } from './read-visit-papers.js';
import { slipView } from './settlement-slip.js';
import type { SettlementSlip } from './settlement-slip.js';
import { settlementSlipForm } from './settlement-slip-form.js';
import { pdf } from './visit-paper.controller.js';

class ClueQuery {
  @DayField('结算日期起') from: string;
  @DayField('结算日期止') to: string;
}

/** 结算单 (A13) and what is to be looked into after a settlement. */
@ApiTags('settlements 结算')
@ApiBearerAuth()
@Controller()
export class SettlementSlipController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly papers: ReadVisitPapers,
  ) {}

  @Get('settlements/:settlementId/slip')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '结算单（附件13）的内容' })
  async slip(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<object> {
    return slipView(await this.find(settlementId, caller));
  }

  @Get('settlements/:settlementId/slip.pdf')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '结算单（附件13）' })
  @FileAnswer(pdfType)
  async paper(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<StreamableFile> {
    const slip = await this.find(settlementId, caller);
    return pdf(await settlementSlipForm(slip, this.clock.now()), `settlement-${settlementId}`);
  }

  @Get('settlement-clues')
  @Roles('settlement.read', 'settlement.audit')
  @ApiOperation({ summary: '待核查的结算：外伤承诺、急诊无诊断、外检外购单未登记' })
  async clues(@Query() { from, to }: ClueQuery, @CurrentCaller() caller: Caller): Promise<object[]> {
    const found = await this.database.asScope(caller.scope, (tx) => listClues(tx, from, to));
    return found.map((clue) => ({ ...clue, text: clueNames[clue.kind] }));
  }

  private async find(settlementId: string, caller: Caller): Promise<SettlementSlip> {
    return orThrow(await this.database.transaction((tx) => this.papers.slip(tx, settlementId, caller)));
  }
}
