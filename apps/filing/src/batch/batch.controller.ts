import { Controller, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { csvType, FileAnswer, readingSheet, sentRows, xlsxType } from '#shared/service';
import { simpleWorkbook } from '#shared/sheets';
import type { SheetRequest } from '#shared/service';
import { FileInBatch } from './file-in-batch.js';
import type { BatchReport } from './file-in-batch.js';

/** The result file: what became of every row, and the sums. */
const resultBook = ({ rehearsal, total, filed, refused, results }: BatchReport): Promise<Buffer> =>
  simpleWorkbook([
    {
      name: '办理结果',
      titles: ['行号', '人员编号', '结果', '备案编号', '说明'],
      rows: results.map(({ line, personNo, result, filingNo, message }) => [line, personNo, result, filingNo, message]),
    },
    {
      name: '汇总',
      titles: ['方式', '总数', '已办理', '未办理'],
      rows: [[rehearsal ? '预演（未生效）' : '正式', total, filed, refused]],
    },
  ]);

/** 批量备案 (H11): one workbook in, a result workbook back. */
@ApiTags('filings 登记备案')
@ApiBearerAuth()
@Controller('filing-batches')
export class BatchController {
  constructor(private readonly fileInBatch: FileInBatch) {}

  @Post()
  @HttpCode(200)
  @Roles('filing.apply')
  @ApiOperation({ summary: '批量备案（XLSX 或 CSV，最多 500 人）；rehearsal=true 只预演' })
  @ApiQuery({ name: 'rehearsal', required: false, enum: ['true', 'false'] })
  @ApiConsumes(xlsxType, csvType)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @FileAnswer(xlsxType)
  file(
    @Req() request: SheetRequest,
    @Query('rehearsal') rehearsal: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return readingSheet(async () => {
      const report = orThrow(await this.fileInBatch.execute(sentRows(request), rehearsal === 'true', caller));
      const disposition = `attachment; filename="filing-batch-result.xlsx"`;
      return new StreamableFile(await resultBook(report), { type: xlsxType, disposition });
    });
  }
}
