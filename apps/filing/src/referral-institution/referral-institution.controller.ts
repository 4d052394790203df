import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer, AnswerFields, AnswerList, AnswerObject, AreaField, CodeField, TextField } from '#shared/service';
import { poolOf } from '#shared/regions';
import { designate, listDesignated, withdraw } from './referral-institution.repository.js';
import type { ReferralInstitution } from './referral-institution.repository.js';

class DesignationBody {
  @CodeField('机构编码', /^H\d{11}$/, 'H43030000301') institutionCode: string;
  @TextField('机构名称') name: string;
  @AreaField('所属统筹区') area: string;
}

const Institution = AnswerObject({
  institutionCode: AnswerFields.text,
  name: AnswerFields.text,
  area: AnswerFields.area,
  designatedOn: AnswerFields.day,
});

/** 转诊机构名单 (H12): kept by the home area, public. */
@ApiTags('referral institutions 转诊机构')
@Controller('referral-institutions')
export class ReferralInstitutionController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Roles('filing.designate')
  @ApiBearerAuth()
  @ApiOperation({ summary: '确定转诊机构' })
  @Answer(Institution, 201)
  async post(@Body() body: DesignationBody, @CurrentCaller() caller: Caller): Promise<ReferralInstitution> {
    const area = poolOf(body.area);
    if (caller.agency !== area) return orThrow(refuse('NOT_YOUR_AREA', { area: body.area }));
    const institution = { ...body, area, designatedOn: this.clock.today() };
    await this.database.transaction((tx) => designate(tx, institution));
    return institution;
  }

  @Post(':institutionCode/withdrawal')
  @HttpCode(200)
  @Roles('filing.designate')
  @ApiBearerAuth()
  @ApiOperation({ summary: '取消转诊机构' })
  @Answer(AnswerObject({ institutionCode: AnswerFields.text, withdrawnOn: AnswerFields.day }))
  async leave(@Param('institutionCode') institutionCode: string, @CurrentCaller() caller: Caller): Promise<object> {
    const withdrawnOn = this.clock.today();
    const left = await this.database.transaction((tx) => withdraw(tx, caller.agency, institutionCode, withdrawnOn));
    return left ? { institutionCode, withdrawnOn } : orThrow(refuse('NOT_FOUND', { what: '该转诊机构' }));
  }

  @Get()
  @Public()
  @Answer(AnswerList(Institution))
  @ApiOperation({ summary: '转诊机构名单（公开）' })
  @ApiQuery({ name: 'area', required: false })
  list(@Query('area') area?: string): Promise<ReferralInstitution[]> {
    return this.database.transaction((tx) => listDesignated(tx, area === undefined ? null : poolOf(area)));
  }
}
