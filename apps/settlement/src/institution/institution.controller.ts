import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaField, ChoiceField, DayField, TextField, TextListField } from '#shared/service';
import { InstitutionCredentials } from './institution-credentials.js';
import type { IssuedCredential } from './institution-credentials.js';
import type { Institution } from './institution.js';
import { listInstitutions } from './institution.repository.js';
import { RegisterInstitution } from './register-institution.js';

const levels = ['L0', 'L1', 'L2', 'L3', 'L3P'] as const;
const kindsOfService = ['inpatient', 'outpatient', 'chronic', 'pharmacy'] as const;

class InstitutionBody {
  @TextField('机构名称') name: string;
  @ChoiceField('机构等级', levels) level: Institution['level'];
  @AreaField('所属统筹区') area: string;
  @TextListField('服务类别', 10) services: Institution['services'];
  @ChoiceField('协议状态', ['active', 'suspended', 'ended']) agreement: Institution['agreement'];
  @DayField('生效日') effectiveOn: string;
}

@ApiTags('institutions 定点医药机构')
@ApiBearerAuth()
@Controller('institutions')
export class InstitutionController {
  constructor(
    private readonly registerInstitution: RegisterInstitution,
    private readonly credentials: InstitutionCredentials,
    private readonly database: Database,
  ) {}

  @Put(':code')
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '机构准入与变更' })
  async put(
    @Param('code') institutionCode: string,
    @Body() body: InstitutionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Institution> {
    const unknown = body.services.filter((service) => !kindsOfService.includes(service));
    if (!/^[HP]\d{11}$/.test(institutionCode))
      return orThrow(refuse('BAD_REQUEST', { detail: '机构编码应为 H 或 P 加 11 位数字' }));
    if (unknown.length > 0)
      return orThrow(refuse('BAD_REQUEST', { detail: '服务类别应为 inpatient、outpatient、chronic、pharmacy' }));
    return orThrow(await this.registerInstitution.execute({ institutionCode, ...body }, caller));
  }

  @Post(':code/credentials')
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '签发机构接口凭证（密钥只显示一次）' })
  async issue(@Param('code') code: string, @CurrentCaller() caller: Caller): Promise<IssuedCredential> {
    return orThrow(await this.credentials.issue(code, caller));
  }

  @Get()
  @Public()
  @ApiOperation({ summary: '定点医药机构名单（公开）' })
  @ApiQuery({ name: 'area', required: false })
  list(@Query('area') area?: string): Promise<Institution[]> {
    return this.database.transaction((tx) => listInstitutions(tx, area ?? null));
  }
}
