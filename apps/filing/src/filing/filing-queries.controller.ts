import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer, AnswerFields, AnswerList, AnswerObject } from '#shared/service';
import { filingDestination } from '#shared/regions';
import { mayAskFor } from '../authority/may-ask-for.js';
import { findPerson } from '../person/person.repository.js';
import { FilingAnswer, filingView, HistoryAnswer } from './filing.answers.js';
import { FilingRules } from './filing-rules.js';
import type { Filing } from './filing.js';
import { filingHistory, filingsOf, findFiling, findFilings } from './filing.repository.js';
import { filingOptions } from './rules/filing-options.js';
import { isAway } from './rules/is-away.js';
import { filingProgress } from './rules/filing-progress.js';
import type { FilingProgress } from './rules/filing-progress.js';

const { text, day, count, flag, maybeDay, maybeText } = AnswerFields;
const ProgressAnswer = AnswerObject({
  ...{ filingNo: text, status: text, statusName: text, dueOn: maybeDay, missing: AnswerList(text) },
  ...{ missingUntil: maybeDay, opens: Type.Enum(['direct-settlement', 'reimbursement', 'nothing']), next: text },
});
const OptionsAnswer = AnswerObject({
  destination: text,
  on: day,
  options: AnswerList(
    AnswerObject({
      ...{ category: text, name: text, materials: AnswerList(text), validTo: maybeDay, cutPoints: count },
      ...{ cutIsCeiling: flag, meets: maybeText, articles: AnswerList(text) },
    }),
  ),
});

/** 备案查询 (N13 H16): row-level security shows every agency its own rows, treatment agencies what points to them. */
@ApiTags('filings 登记备案')
@ApiBearerAuth()
@Controller()
export class FilingQueriesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: FilingRules,
  ) {}

  @Get('filings')
  @Roles('filing.read')
  @ApiOperation({ summary: '备案查询（每页 500 条，以 after 续查）' })
  @ApiQuery({ name: 'personNo', required: false })
  @ApiQuery({ name: 'status', required: false })
  @ApiQuery({ name: 'category', required: false })
  @ApiQuery({ name: 'destination', required: false })
  @ApiQuery({ name: 'after', required: false })
  @Answer(AnswerList(FilingAnswer))
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { personNo, status, category, destination, after }: Record<string, string | undefined>,
  ): Promise<Filing[]> {
    const given = Object.entries({ personNo, status, category, destination, after });
    const wanted = Object.fromEntries(given.filter(([, value]) => typeof value === 'string'));
    const found = await this.database.asScope(caller.scope, (tx) => findFilings(tx, wanted));
    return found.map((filing) => filingView(filing, caller));
  }

  @Get('filings/:filingNo')
  @Roles('filing.read')
  @ApiOperation({ summary: '备案详情' })
  @Answer(FilingAnswer)
  async get(@Param('filingNo') filingNo: string, @CurrentCaller() caller: Caller): Promise<Filing> {
    const found = await this.database.asScope(caller.scope, (tx) => findFiling(tx, filingNo));
    return found === undefined ? orThrow(refuse('NOT_FOUND', { what: '该备案' })) : filingView(found, caller);
  }

  @Get('filings/:filingNo/history')
  @Roles('filing.read')
  @ApiOperation({ summary: '备案历次变动（参保地）' })
  @Answer(HistoryAnswer)
  async history(@Param('filingNo') filingNo: string, @CurrentCaller() caller: Caller): Promise<object[]> {
    return this.database.asScope(caller.scope, async (tx) => {
      const found = await findFiling(tx, filingNo);
      if (found === undefined || filingView(found, caller) !== found)
        return orThrow(refuse('NOT_FOUND', { what: '该备案' }));
      return filingHistory(tx, filingNo);
    });
  }

  @Get('filings/:filingNo/progress')
  @Roles('filing.apply', 'filing.read')
  @ApiOperation({ summary: '办理进度：状态、缺少的材料、下一步' })
  @Answer(ProgressAnswer)
  progress(@Param('filingNo') filingNo: string, @CurrentCaller() caller: Caller): Promise<FilingProgress> {
    return this.database.transaction(async (tx) => {
      const found = await findFiling(tx, filingNo);
      const mine = found !== undefined && (found.appliedBy === caller.subject || (await mayAskFor(tx, caller, found)));
      if (found === undefined || !mine) return orThrow(refuse('NOT_FOUND', { what: '该备案' }));
      return filingProgress(found, this.rules.of(found.homeArea), this.clock.today());
    });
  }

  @Get('filing-options')
  @Roles('filing.apply')
  @ApiOperation({ summary: '备案方式比较：材料、有效期、待遇降幅' })
  @ApiQuery({ name: 'personNo' })
  @ApiQuery({ name: 'destination' })
  @Answer(OptionsAnswer)
  options(
    @Query('personNo') personNo: unknown,
    @Query('destination') destination: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    if (typeof personNo !== 'string' || typeof destination !== 'string' || !/^\d{6}$/.test(destination))
      return orThrow(refuse('BAD_REQUEST', { detail: '需要 personNo 与六位就医地代码 destination' }));
    const on = this.clock.today();
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo);
      if (person === undefined || !(await mayAskFor(tx, caller, person)))
        return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
      if (!isAway(destination, person.homeArea)) return orThrow(refuse('DESTINATION_NOT_AWAY', { destination }));
      return {
        destination: filingDestination(destination),
        on,
        options: filingOptions(destination, await filingsOf(tx, personNo), this.rules.of(person.homeArea), on),
      };
    });
  }
}
