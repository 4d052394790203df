import type { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { daysBetween } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles, scopeOf } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { AreaField, ChoiceField, csvType, DayField, FileAnswer, Optional, xlsxType } from '#shared/service';
import { findSettlement } from '../settlement/settlement.repository.js';
import { DownloadItemLines } from './download-item-lines.js';
import { itemLineView } from './item-lines-table.js';
import { linesOf } from './item-line.repository.js';
import type { ItemLineQuestion } from './item-line.repository.js';

const mostDays = 366;

class ItemLinesQuery {
  @AreaField('参保地，可为省级') homeArea: string;
  @DayField('结算日期起') from: string;
  @DayField('结算日期止') to: string;
  @Optional() @ChoiceField('住院或门诊', ['inpatient', 'outpatient']) setting?: 'inpatient' | 'outpatient';
}

/** 费用明细 (N39 H47): for the home area, which sees what its people were charged elsewhere, line by line. */
@ApiTags('item-lines 费用明细')
@ApiBearerAuth()
@Roles('settlement.read')
@Controller()
export class ItemLinesController {
  constructor(
    private readonly database: Database,
    private readonly download: DownloadItemLines,
  ) {}

  @Get('settlements/:settlementId/lines')
  @ApiOperation({ summary: '一笔结算的费用明细；退费显示原结算的明细' })
  async ofSettlement(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<object> {
    return this.database.asScope(caller.scope, async (tx) => {
      const found = await findSettlement(tx, settlementId);
      if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该结算' }));
      const lines = await linesOf(tx, [found.refundOf ?? settlementId]);
      return { settlementId, refundOf: found.refundOf, lines: lines.map(itemLineView) };
    });
  }

  @Get('item-lines.csv')
  @ApiOperation({ summary: '费用明细下载（CSV，UTF-8）' })
  @FileAnswer(csvType)
  csv(@Query() query: ItemLinesQuery, @CurrentCaller() caller: Caller): StreamableFile {
    return file(this.download.csv(wantedOf(query), caller.scope), csvType, query, 'csv');
  }

  @Get('item-lines.xlsx')
  @ApiOperation({ summary: '费用明细下载（XLSX）' })
  @FileAnswer(xlsxType)
  xlsx(@Query() query: ItemLinesQuery, @CurrentCaller() caller: Caller): StreamableFile {
    return file(this.download.xlsx(wantedOf(query), caller.scope), xlsxType, query, 'xlsx');
  }
}

function wantedOf({ homeArea, from, to, setting = 'inpatient' }: ItemLinesQuery): ItemLineQuestion {
  if (to < from || daysBetween(from, to) >= mostDays)
    return orThrow(refuse('BAD_REQUEST', { detail: `起止日期应先后有序，且不超过 ${mostDays} 天` }));
  return { home: scopeOf(homeArea), from, to, setting };
}

const file = (
  content: Readable,
  type: string,
  { homeArea, from, to }: ItemLinesQuery,
  ending: string,
): StreamableFile =>
  new StreamableFile(content, {
    type,
    disposition: `attachment; filename="item-lines-${homeArea}-${from}-${to}.${ending}"`,
  });
