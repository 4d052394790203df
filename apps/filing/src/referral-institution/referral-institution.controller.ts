import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, isWithin, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaField, CodeField, TextField } from '#shared/service';
import { designate, listDesignated } from './referral-institution.repository.js';
import type { ReferralInstitution } from './referral-institution.repository.js';

class DesignationBody {
  @CodeField('机构编码', /^H\d{11}$/, 'H43030000301') institutionCode: string;
  @TextField('机构名称') name: string;
  @AreaField('所属统筹区') area: string;
}

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
  async post(@Body() body: DesignationBody, @CurrentCaller() caller: Caller): Promise<ReferralInstitution> {
    if (!isWithin(caller.scope, body.area)) return orThrow(refuse('NOT_YOUR_AREA', { area: body.area }));
    const institution = { ...body, designatedOn: this.clock.today() };
    await this.database.transaction((tx) => designate(tx, institution));
    return institution;
  }

  @Get()
  @Public()
  @ApiOperation({ summary: '转诊机构名单（公开）' })
  @ApiQuery({ name: 'area', required: false })
  list(@Query('area') area?: string): Promise<ReferralInstitution[]> {
    return this.database.transaction((tx) => listDesignated(tx, area ?? null));
  }
}
