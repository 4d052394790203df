import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ApplyForFiling } from './apply-for-filing.js';
import { CloseFiling } from './close-filing.js';
import { ApplicationBody, CancellationBody, DecisionBody, ReferralBody } from './filing.dto.js';
import type { Filing } from './filing.js';
import { findFiling, findFilings } from './filing.repository.js';
import { ReferPatient } from './refer-patient.js';

@ApiTags('filings 登记备案')
@ApiBearerAuth()
@Controller()
export class FilingController {
  constructor(
    private readonly applyForFiling: ApplyForFiling,
    private readonly closeFiling: CloseFiling,
    private readonly referPatient: ReferPatient,
    private readonly database: Database,
  ) {}

  @Post('filings')
  @Roles('filing.apply')
  @ApiOperation({ summary: '备案申请（窗口即时办结，线上两个工作日内办结）' })
  async apply(@Body() body: ApplicationBody, @CurrentCaller() caller: Caller): Promise<Filing> {
    return orThrow(await this.applyForFiling.execute({ ...body, supplementary: body.supplementary ?? false }, caller));
  }

  @Post('filings/:filingNo/decision')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '备案审核' })
  async decide(
    @Param('filingNo') filingNo: string,
    @Body() body: DecisionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.closeFiling.execute(filingNo, body.decision, body.reason ?? null, caller));
  }

  @Post('filings/:filingNo/cancellation')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '备案取消' })
  async cancel(
    @Param('filingNo') filingNo: string,
    @Body() body: CancellationBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.closeFiling.execute(filingNo, 'cancel', body.reason, caller));
  }

  @Post('referrals')
  @Roles('filing.refer')
  @ApiOperation({ summary: '转诊与备案“一站式”' })
  async refer(@Body() body: ReferralBody, @CurrentCaller() caller: Caller): Promise<Filing> {
    return orThrow(await this.referPatient.execute(body, caller));
  }

  @Get('filings')
  @Roles('filing.read')
  @ApiOperation({ summary: '备案查询' })
  @ApiQuery({ name: 'personNo', required: false })
  @ApiQuery({ name: 'status', required: false })
  list(
    @CurrentCaller() caller: Caller,
    @Query('personNo') personNo?: string,
    @Query('status') status?: string,
  ): Promise<Filing[]> {
    const wanted = { ...(personNo === undefined ? {} : { personNo }), ...(status === undefined ? {} : { status }) };
    return this.database.asScope(caller.scope, (tx) => findFilings(tx, wanted));
  }

  @Get('filings/:filingNo')
  @Roles('filing.read')
  @ApiOperation({ summary: '备案详情' })
  async get(@Param('filingNo') filingNo: string, @CurrentCaller() caller: Caller): Promise<Filing> {
    const found = await this.database.asScope(caller.scope, (tx) => findFiling(tx, filingNo));
    return found ?? orThrow(refuse('NOT_FOUND', { what: '该备案' }));
  }
}
