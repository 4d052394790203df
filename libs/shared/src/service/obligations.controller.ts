import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database, rows } from '../database/index.js';
import { CurrentCaller, Roles } from '../identity/index.js';
import type { Caller } from '../identity/index.js';
import { Answer, AnswerFields, AnswerList, AnswerObject } from './answers.js';

const { text, day, area, flag, maybeDay, maybeText } = AnswerFields;

/** 办理义务 of this service, as far as the caller's agency is concerned. */
@ApiTags('obligations 办理义务')
@ApiBearerAuth()
@Controller('obligations')
export class ObligationsController {
  constructor(private readonly database: Database) {}

  @Get()
  @Roles('obligations.read')
  @ApiOperation({ summary: '本机构的办理义务' })
  @ApiQuery({ name: 'kind', required: false })
  @ApiQuery({ name: 'state', required: false })
  @Answer(
    AnswerList(
      AnswerObject({
        ...{ kind: text, owner: text, ownerArea: area, beneficiary: maybeText, subject: text, article: text },
        ...{ openedOn: day, dueOn: day, metOn: maybeDay, hard: flag, state: text },
      }),
    ),
  )
  list(
    @CurrentCaller() caller: Caller,
    @Query('kind') kind?: string,
    @Query('state') state?: string,
  ): Promise<object[]> {
    return this.database.asScope(caller.scope, (tx) =>
      rows(
        tx,
        `select kind, owner, owner_area as "ownerArea", beneficiary, subject, article, opened_on as "openedOn",
                due_on as "dueOn", met_on as "metOn", hard, state
         from obligation where ($1::text is null or kind = $1) and ($2::text is null or state = $2)
         order by due_on, id limit 1000`,
        [kind ?? null, state ?? null],
      ),
    );
  }
}
