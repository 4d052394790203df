import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, isWithin, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer, AnswerFields, AnswerList, AnswerObject } from '#shared/service';
import { FilingRules } from '../filing/filing-rules.js';
import { findFilings } from '../filing/filing.repository.js';
import { keepUntil } from './keep-until.js';

const { text, maybeDay } = AnswerFields;

/** 业务档案 (N65 H85): what each side has in its archive and until when it must be kept. Nothing here deletes anything. */
@ApiTags('archives 业务档案')
@ApiBearerAuth()
@Controller('archives')
export class ArchiveController {
  constructor(
    private readonly database: Database,
    private readonly rules: FilingRules,
  ) {}

  @Get()
  @Roles('filing.read')
  @ApiOperation({ summary: '备案档案目录：参保地侧或就医地侧' })
  @ApiQuery({ name: 'side', enum: ['home', 'treatment'] })
  @ApiQuery({ name: 'after', required: false })
  @Answer(
    AnswerList(
      AnswerObject({
        ...{ filingNo: text, personNo: text, status: text, closedOn: maybeDay, keepUntil: maybeDay },
        articles: AnswerList(text),
      }),
    ),
  )
  async list(
    @Query('side') side: unknown,
    @Query('after') after: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<object[]> {
    if (side !== 'home' && side !== 'treatment')
      return orThrow(refuse('BAD_REQUEST', { detail: 'side 应为 home 或 treatment' }));
    const wanted = typeof after === 'string' ? { after } : {};
    const found = await this.database.asScope(caller.scope, (tx) => findFilings(tx, wanted));
    return found
      .filter(({ homeArea, destination }) => isWithin(caller.scope, side === 'home' ? homeArea : destination))
      .map((filing) => {
        const { filingNo, personNo, status, closedOn, homeArea } = filing;
        return { filingNo, personNo, status, closedOn, ...keepUntil(filing, side, this.rules.of(homeArea)) };
      });
  }
}
