import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import {
  Answer,
  AnswerFields,
  AnswerList,
  AnswerObject,
  csvType,
  readingSheet,
  sentRows,
  xlsxType,
} from '#shared/service';
import type { SheetRequest } from '#shared/service';
import { LoadPersons } from './load-persons.js';
import { findPersonFile, refusedRows } from './person-file.repository.js';
import type { PersonFile, RefusedRow } from './person-file.repository.js';

const { count, area, text } = AnswerFields;
const FileAnswerFields = AnswerObject({
  ...{ fileNo: count, area, loadedBy: text, loadedAt: Type.String(), total: count, added: count, changed: count },
  ...{ same: count, refused: count },
});

/** 参保名册 (N7 H16): files of insured persons and what became of them. */
@ApiTags('person files 参保名册')
@ApiBearerAuth()
@Roles('filing.persons')
@Controller('person-files')
export class PersonFileController {
  constructor(
    private readonly loadPersons: LoadPersons,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiOperation({ summary: '导入参保名册（CSV 流式，或 XLSX）' })
  @ApiConsumes(csvType, xlsxType)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Answer(FileAnswerFields, 201)
  load(@Req() request: SheetRequest, @CurrentCaller() caller: Caller): Promise<PersonFile> {
    return readingSheet(async () => this.loadPersons.execute(sentRows(request), caller));
  }

  @Get(':fileNo')
  @ApiOperation({ summary: '导入结果' })
  @Answer(FileAnswerFields)
  async get(@Param('fileNo') fileNo: string, @CurrentCaller() caller: Caller): Promise<PersonFile> {
    const found = await this.own(fileNo, caller);
    return found ?? orThrow(refuse('NOT_FOUND', { what: '该文件' }));
  }

  @Get(':fileNo/refusals')
  @ApiOperation({ summary: '未导入的行及原因（每页 10000 行，以 after 续查）' })
  @ApiQuery({ name: 'after', required: false, description: '上一页最后的行号' })
  @Answer(AnswerList(AnswerObject({ line: count, personNo: text, reason: text })))
  async refusals(
    @Param('fileNo') fileNo: string,
    @Query('after') after: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<RefusedRow[]> {
    const line = typeof after === 'string' && /^\d{1,9}$/.test(after) ? Number(after) : 0;
    if ((await this.own(fileNo, caller)) === undefined) return orThrow(refuse('NOT_FOUND', { what: '该文件' }));
    return this.database.asScope(caller.scope, (tx) => refusedRows(tx, fileNo, line));
  }

  private own(fileNo: string, { scope }: Caller): Promise<PersonFile | undefined> {
    if (!/^\d{1,18}$/.test(fileNo)) return Promise.resolve(undefined);
    return this.database.asScope(scope, (tx) => findPersonFile(tx, fileNo));
  }
}
