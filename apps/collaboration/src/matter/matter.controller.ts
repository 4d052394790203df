import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaField, ChoiceField, FlagField, Optional, TextField } from '#shared/service';
import type { Matter, MatterType } from './matter.js';
import { listMatters, lockMatter } from './matter.repository.js';
import { WorkOnMatter } from './work-on-matter.js';

class MatterBody {
  @ChoiceField('类型', ['filing', 'system-failure', 'other']) type: MatterType;
  @TextField('事项', 200) subject: string;
  @TextField('说明', 2000) text: string;
  @AreaField('责任方') responsible: string;
}
class AnswerBody {
  @TextField('办理结果', 2000) result: string;
}
class ConfirmationBody {
  @FlagField('是否认可') agreed: boolean;
  @Optional() @TextField('理由', 1000) reason?: string;
}

@ApiTags('matters 问题协同')
@ApiBearerAuth()
@Controller('matters')
export class MatterController {
  constructor(
    private readonly database: Database,
    private readonly workOnMatter: WorkOnMatter,
  ) {}

  @Get()
  @Roles('collaboration.read')
  @ApiOperation({ summary: '事项列表' })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'cause', required: false })
  list(
    @CurrentCaller() caller: Caller,
    @Query('state') state?: string,
    @Query('cause') cause?: string,
  ): Promise<Matter[]> {
    return this.database.asScope(caller.scope, (tx) => listMatters(tx, { state: state ?? null, cause: cause ?? null }));
  }

  @Get(':matterNo')
  @Roles('collaboration.read')
  @ApiOperation({ summary: '事项详情' })
  async get(@Param('matterNo') matterNo: string, @CurrentCaller() caller: Caller): Promise<Matter> {
    const found = await this.database.asScope(caller.scope, (tx) => lockMatter(tx, matterNo));
    return found ?? orThrow(refuse('NOT_FOUND', { what: '该事项' }));
  }

  @Post()
  @Roles('collaboration.ask')
  @ApiOperation({ summary: '发起协同' })
  async ask(@Body() { text, ...body }: MatterBody, @CurrentCaller() caller: Caller): Promise<Matter> {
    return orThrow(await this.workOnMatter.ask({ ...body, details: text }, caller));
  }

  @Post(':matterNo/answer')
  @HttpCode(200)
  @Roles('collaboration.answer')
  @ApiOperation({ summary: '责任方答复' })
  async answer(
    @Param('matterNo') matterNo: string,
    @Body() { result }: AnswerBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Matter> {
    return orThrow(await this.workOnMatter.answer(matterNo, result, caller));
  }

  @Post(':matterNo/confirmation')
  @HttpCode(200)
  @Roles('collaboration.ask')
  @ApiOperation({ summary: '发起方确认或提出异议' })
  async confirm(
    @Param('matterNo') matterNo: string,
    @Body() { agreed, reason }: ConfirmationBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Matter> {
    return orThrow(await this.workOnMatter.confirm(matterNo, agreed, reason ?? null, caller));
  }
}
