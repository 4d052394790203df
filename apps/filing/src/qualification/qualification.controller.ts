import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaValues } from '#shared/rules';
import {
  Answer,
  AnswerFields,
  AnswerList,
  AnswerObject,
  ChoiceField,
  CodeField,
  DayField,
  Optional,
  TextField,
} from '#shared/service';
import type { Qualification, QualificationEvent } from './qualification.js';
import { qualificationsOf } from './qualification.repository.js';
import { coveredDiseases } from './rules/covered-diseases.js';
import type { Disease } from './rules/covered-diseases.js';
import { WorkOnQualification } from './work-on-qualification.js';

class QualificationBody {
  @CodeField('人员编号', /^[\w-]{1,30}$/, '43010000000000000000000001') personNo: string;
  @CodeField('病种编码', /^\w{1,30}$/, 'M03900') diseaseCode: string;
}

class QualificationStepBody {
  @ChoiceField('结论', ['approve', 'reject', 'end']) event: QualificationEvent;
  @Optional() @DayField('有效起始日') from?: string;
  @Optional() @DayField('有效终止日') to?: string;
  @Optional() @TextField('理由', 500) reason?: string;
}

const { text, day, area, count, maybeArea, maybeDay, maybeText } = AnswerFields;
export const QualificationAnswer = AnswerObject({
  ...{ qualificationNo: text, personNo: text, homeArea: area, county: maybeArea, diseaseCode: text, diseaseName: text },
  ...{ status: text, appliedOn: day, decidedOn: maybeDay, decidedBy: maybeText, reason: maybeText, from: maybeDay },
  ...{ to: maybeDay, version: count },
});

/** 门诊慢特病认定资格 (N13 H16 H18). */
@ApiTags('qualifications 门诊慢特病资格')
@Controller()
export class QualificationController {
  constructor(
    private readonly work: WorkOnQualification,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly diseases: AreaValues,
  ) {}

  @Post('qualifications')
  @Roles('filing.qualify')
  @ApiBearerAuth()
  @ApiOperation({ summary: '申请门诊慢特病资格认定' })
  @Answer(QualificationAnswer, 201)
  async apply(@Body() body: QualificationBody, @CurrentCaller() caller: Caller): Promise<Qualification> {
    return orThrow(await this.work.apply(body.personNo, body.diseaseCode, caller));
  }

  @Post('qualifications/:qualificationNo/steps')
  @HttpCode(200)
  @Roles('filing.qualify')
  @ApiBearerAuth()
  @ApiOperation({ summary: '认定、不予认定或终止' })
  @Answer(QualificationAnswer)
  async step(
    @Param('qualificationNo') qualificationNo: string,
    @Body() body: QualificationStepBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Qualification> {
    return orThrow(await this.work.step(qualificationNo, body, caller));
  }

  @Get('qualifications')
  @Roles('filing.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: '查询某人的门诊慢特病资格' })
  @ApiQuery({ name: 'personNo' })
  @Answer(AnswerList(QualificationAnswer))
  list(@Query('personNo') personNo: unknown, @CurrentCaller() caller: Caller): Promise<Qualification[]> {
    if (typeof personNo !== 'string') return orThrow(refuse('BAD_REQUEST', { detail: '需要 personNo' }));
    return this.database.asScope(caller.scope, (tx) => qualificationsOf(tx, [personNo]));
  }

  @Get('chronic-diseases')
  @Public()
  @ApiOperation({ summary: '某地当日可跨区域直接结算的门诊慢特病病种（公开）' })
  @ApiQuery({ name: 'area' })
  @Answer(AnswerList(AnswerObject({ code: text, name: text })))
  covered(@Query('area') wanted: unknown): Disease[] {
    if (typeof wanted !== 'string' || !/^\d{6}$/.test(wanted))
      return orThrow(refuse('BAD_REQUEST', { detail: '需要六位地区代码 area' }));
    return coveredDiseases(this.diseases.of(wanted), this.clock.today());
  }
}
