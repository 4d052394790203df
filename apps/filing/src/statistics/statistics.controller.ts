import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isDay } from '#shared/clock';
import { filingCategories, filingChannels } from '#shared/contracts';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { areaName } from '#shared/regions';
import { Answer, AnswerFields, AnswerList, AnswerObject, FileAnswer, xlsxType } from '#shared/service';
import { simpleWorkbook } from '#shared/sheets';
import { categoryNames } from '../filing/filing.transitions.js';
import { channelKinds } from '../filing/rules/channel-field.js';
import { countFilings } from './statistics.repository.js';
import type { FilingCount } from './statistics.repository.js';

const { text, area, count } = AnswerFields;
const categoryTitles = new Map<string, string>(filingCategories.map((one) => [one, categoryNames[one]]));
const channelTitles = new Map<string, string>(filingChannels.map((one) => [one, channelKinds[one].name]));

/** 备案统计 (N13): by area, month, category and channel, as far as the asking agency may see. */
@ApiTags('statistics 备案统计')
@ApiBearerAuth()
@Roles('filing.read')
@Controller('statistics')
export class StatisticsController {
  constructor(private readonly database: Database) {}

  @Get('filings')
  @ApiOperation({ summary: '备案统计' })
  @ApiQuery({ name: 'from' })
  @ApiQuery({ name: 'to' })
  @Answer(
    AnswerList(
      AnswerObject({
        ...{ homeArea: area, month: text, category: text, channel: text, applied: count, effective: count },
        ...{ rejected: count, supplementary: count, onCommitment: count, late: count },
      }),
    ),
  )
  counts(
    @Query('from') from: unknown,
    @Query('to') to: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<FilingCount[]> {
    if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to))
      return orThrow(refuse('BAD_REQUEST', { detail: '需要起止日期 from 与 to，例如 2026-03-01' }));
    return this.database.asScope(caller.scope, (tx) => countFilings(tx, from, to));
  }

  @Get('filings.xlsx')
  @ApiOperation({ summary: '备案统计表' })
  @ApiQuery({ name: 'from' })
  @ApiQuery({ name: 'to' })
  @FileAnswer(xlsxType)
  async workbook(
    @Query('from') from: unknown,
    @Query('to') to: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    const counts = await this.counts(from, to, caller);
    const book = await simpleWorkbook([
      {
        name: '备案统计',
        titles: [
          '参保地',
          '代码',
          '月份',
          '人员类别',
          '渠道',
          '申请',
          '生效',
          '不予备案',
          '补办',
          '承诺制',
          '超时办结',
        ],
        rows: counts.map((one) => [
          ...[areaName(one.homeArea), one.homeArea, one.month, categoryTitles.get(one.category) ?? one.category],
          ...[channelTitles.get(one.channel) ?? one.channel, one.applied, one.effective, one.rejected],
          ...[one.supplementary, one.onCommitment, one.late],
        ]),
      },
    ]);
    return new StreamableFile(book, { type: xlsxType, disposition: `attachment; filename="filing-statistics.xlsx"` });
  }
}
