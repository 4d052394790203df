import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer } from '#shared/service';
import { ApplyForFiling } from './apply-for-filing.js';
import { CancelFiling } from './cancel-filing.js';
import { ChangeFiling } from './change-filing.js';
import { DecideFiling } from './decide-filing.js';
import { ExtendFiling } from './extend-filing.js';
import { FilingAnswer } from './filing.answers.js';
import {
  ApplicationBody,
  CancellationBody,
  ChangeBody,
  DecisionBody,
  MaterialsBody,
  ReferralBody,
  ReminderBody,
} from './filing.dto.js';
import type { Filing } from './filing.js';
import { ReferPatient } from './refer-patient.js';
import { RemindApplicant } from './remind-applicant.js';
import { SupplyMaterials } from './supply-materials.js';

/** 登记备案: everything that happens to a filing, one route per use case. */
@ApiTags('filings 登记备案')
@ApiBearerAuth()
@Controller()
export class FilingController {
  constructor(
    private readonly applyForFiling: ApplyForFiling,
    private readonly decideFiling: DecideFiling,
    private readonly cancelFiling: CancelFiling,
    private readonly changeFiling: ChangeFiling,
    private readonly extendFiling: ExtendFiling,
    private readonly supplyMaterials: SupplyMaterials,
    private readonly remindApplicant: RemindApplicant,
    private readonly referPatient: ReferPatient,
  ) {}

  @Post('filings')
  @Roles('filing.apply')
  @ApiOperation({ summary: '备案申请（窗口即时办结，线上两个工作日内办结）' })
  @Answer(FilingAnswer, 201)
  async apply(@Body() body: ApplicationBody, @CurrentCaller() caller: Caller): Promise<Filing> {
    return orThrow(await this.applyForFiling.execute(body, caller));
  }

  @Post('filings/:filingNo/decision')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '备案审核' })
  @Answer(FilingAnswer)
  async decide(
    @Param('filingNo') filingNo: string,
    @Body() body: DecisionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.decideFiling.execute(filingNo, body, caller));
  }

  @Post('filings/:filingNo/cancellation')
  @HttpCode(200)
  @Roles('filing.decide', 'filing.apply')
  @ApiOperation({ summary: '备案取消' })
  @Answer(FilingAnswer)
  async cancel(
    @Param('filingNo') filingNo: string,
    @Body() body: CancellationBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.cancelFiling.execute(filingNo, body.reason, caller));
  }

  @Post('filings/:filingNo/change')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '备案变更（联系信息、就医地、人员类别）' })
  @Answer(FilingAnswer)
  async change(
    @Param('filingNo') filingNo: string,
    @Body() body: ChangeBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.changeFiling.execute(filingNo, body, caller));
  }

  @Post('filings/:filingNo/extension')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '临时备案延期' })
  @Answer(FilingAnswer)
  async extend(@Param('filingNo') filingNo: string, @CurrentCaller() caller: Caller): Promise<Filing> {
    return orThrow(await this.extendFiling.execute(filingNo, caller));
  }

  @Post('filings/:filingNo/materials')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '补齐承诺材料' })
  @Answer(FilingAnswer)
  async supply(
    @Param('filingNo') filingNo: string,
    @Body() body: MaterialsBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.supplyMaterials.execute(filingNo, body.materials, caller));
  }

  @Post('filings/:filingNo/reminders')
  @HttpCode(200)
  @Roles('filing.decide')
  @ApiOperation({ summary: '登记已提醒补齐材料' })
  @Answer(FilingAnswer)
  async remind(
    @Param('filingNo') filingNo: string,
    @Body() body: ReminderBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Filing> {
    return orThrow(await this.remindApplicant.execute(filingNo, body.which, caller));
  }

  @Post('referrals')
  @Roles('filing.refer')
  @ApiOperation({ summary: '转诊与备案“一站式”' })
  @Answer(FilingAnswer, 201)
  async refer(@Body() body: ReferralBody, @CurrentCaller() caller: Caller): Promise<Filing> {
    return orThrow(await this.referPatient.execute(body, caller));
  }
}
