import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaField, ChoiceField, DayField, Optional, TextField, TextListField } from '#shared/service';
import { changesOf, unreceivedChanges } from './agreement-change.repository.js';
import type { KeptAgreementChange } from './agreement-change.repository.js';
import { ChangeAgreement } from './change-agreement.js';
import { InstitutionCredentials } from './institution-credentials.js';
import type { IssuedCredential } from './institution-credentials.js';
import { affiliations } from './institution.js';
import type { Affiliation, AgreementEvent, Institution, KindOfService } from './institution.js';
import { listInstitutions } from './institution.repository.js';
import { RegisterInstitution } from './register-institution.js';
import { serviceNames } from './rules/kind-of-service.js';

const levels = ['L0', 'L1', 'L2', 'L3', 'L3P'] as const;
const kindsOfService = Object.keys(serviceNames) as KindOfService[];
const agreementEvents = ['apply', 'admit', 'decline', 'suspend', 'resume', 'end'] as const;
const letters: Readonly<Record<string, string>> = { hospital: 'H', pharmacy: 'P' };

class InstitutionBody {
  @TextField('机构名称') name: string;
  @ChoiceField('机构等级', levels) level: Institution['level'];
  @AreaField('所属统筹区') area: string;
  @TextListField('服务类别', 10) services: Institution['services'];
  @ChoiceField('协议状态', ['applied', 'active', 'suspended', 'ended']) agreement: Institution['agreement'];
  @DayField('生效日') effectiveOn: string;
  @Optional() @AreaField('所在区县') location?: string;
  @Optional() @ChoiceField('隶属关系', affiliations) affiliation?: Affiliation;
}

class AgreementBody {
  @ChoiceField('协议变更', agreementEvents) event: AgreementEvent;
  @TextField('变更原因', 200) reason: string;
}

class ListQuestion {
  @Optional() @AreaField('统筹区') area?: string;
  @Optional() @ChoiceField('服务类别', kindsOfService) service?: KindOfService;
  @Optional() @ChoiceField('机构类型', Object.keys(letters)) type?: string;
}

@ApiTags('institutions 定点医药机构')
@ApiBearerAuth()
@Controller('institutions')
export class InstitutionController {
  constructor(
    private readonly registerInstitution: RegisterInstitution,
    private readonly changeAgreement: ChangeAgreement,
    private readonly credentials: InstitutionCredentials,
    private readonly database: Database,
  ) {}

  @Put(':code')
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '机构登记、准入与变更；协议状态另以原因变更' })
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
    const { location, affiliation, ...institution } = body;
    const site = {
      ...(location === undefined ? {} : { location }),
      ...(affiliation === undefined ? {} : { affiliation }),
    };
    return orThrow(await this.registerInstitution.execute({ institutionCode, ...institution }, caller, site));
  }

  @Post(':code/agreement')
  @HttpCode(200)
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '协议变更：申请、准入、暂停、恢复、终止，即时生效并公布' })
  async change(
    @Param('code') institutionCode: string,
    @Body() { event, reason }: AgreementBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Institution> {
    return orThrow(await this.changeAgreement.execute({ institutionCode, event, reason }, caller));
  }

  @Get(':code/agreement')
  @Roles('settlement.institutions', 'settlement.read')
  @ApiOperation({ summary: '协议变更历史' })
  history(@Param('code') code: string, @CurrentCaller() { scope }: Caller): Promise<KeptAgreementChange[]> {
    return this.database.asScope(scope, (tx) => changesOf(tx, code));
  }

  @Get('reports')
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '上报本机构、尚未备案的中止与终止' })
  reports(@CurrentCaller() { agency, scope }: Caller): Promise<KeptAgreementChange[]> {
    return this.database.asScope(scope, (tx) => unreceivedChanges(tx, agency));
  }

  @Post(':code/agreement/:version/receipt')
  @HttpCode(200)
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '省级备案：收到中止或终止的上报' })
  async receive(
    @Param('code') code: string,
    @Param('version') version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ received: true }> {
    const number = /^\d{1,9}$/.test(version) ? Number(version) : 0;
    orThrow(await this.changeAgreement.receive(code, number, caller));
    return { received: true };
  }

  @Post(':code/credentials')
  @Roles('settlement.institutions')
  @ApiOperation({ summary: '签发机构接口凭证（密钥只显示一次）' })
  async issue(@Param('code') code: string, @CurrentCaller() caller: Caller): Promise<IssuedCredential> {
    return orThrow(await this.credentials.issue(code, caller));
  }

  @Get()
  @Public()
  @ApiOperation({ summary: '定点医药机构名单（公开），按统筹区、服务类别、机构类型' })
  list(@Query() { area, service, type }: ListQuestion): Promise<Institution[]> {
    const letter = type === undefined ? undefined : letters[type];
    return this.database.transaction((tx) => listInstitutions(tx, { area, service, letter }));
  }
}
