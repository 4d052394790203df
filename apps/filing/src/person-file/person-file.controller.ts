import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer, AnswerFields, AnswerList, AnswerObject, csvType, xlsxType } from '#shared/service';
import { csvRows, SheetError, xlsxRows } from '#shared/sheets';
import { LoadPersons } from './load-persons.js';
import { findPersonFile, refusedRows } from './person-file.repository.js';
import type { PersonFile, RefusedRow } from './person-file.repository.js';

const { count, area, text } = AnswerFields;
const FileAnswerFields = AnswerObject({
  ...{ fileNo: count, area, loadedBy: text, loadedAt: Type.String(), total: count, added: count, changed: count },
  ...{ same: count, refused: count },
});

interface FileRequest {
  readonly body: unknown;
}

/** The rows of what was sent: a CSV as it streams in, a workbook as a whole. */
export async function sentRows({ body }: FileRequest): Promise<AsyncIterable<string[]> | Iterable<string[]>> {
  if (Buffer.isBuffer(body)) return xlsxRows(body);
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
    return csvRows(body as AsyncIterable<Uint8Array>);
  throw new SheetError('请以 CSV 或 XLSX 文件提交');
}

/** A file that cannot be read is the sender's matter, not a fault of ours. */
export async function readingSheet<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SheetError) return orThrow(refuse('FILE_FORM_WRONG', { detail: error.message }));
    throw error;
  }
}

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
  load(@Req() request: FileRequest, @CurrentCaller() caller: Caller): Promise<PersonFile> {
    return readingSheet(async () => this.loadPersons.execute(await sentRows(request), caller));
  }

  @Get(':fileNo')
  @ApiOperation({ summary: '导入结果' })
  @Answer(FileAnswerFields)
  async get(@Param('fileNo') fileNo: string, @CurrentCaller() caller: Caller): Promise<PersonFile> {
    const found = await this.own(fileNo, caller);
    return found ?? orThrow(refuse('NOT_FOUND', { what: '该文件' }));
  }

  @Get(':fileNo/refusals')
  @ApiOperation({ summary: '未导入的行及原因' })
  @Answer(AnswerList(AnswerObject({ line: count, personNo: text, reason: text })))
  async refusals(@Param('fileNo') fileNo: string, @CurrentCaller() caller: Caller): Promise<RefusedRow[]> {
    if ((await this.own(fileNo, caller)) === undefined) return orThrow(refuse('NOT_FOUND', { what: '该文件' }));
    return this.database.asScope(caller.scope, (tx) => refusedRows(tx, fileNo));
  }

  private own(fileNo: string, { scope }: Caller): Promise<PersonFile | undefined> {
    if (!/^\d{1,18}$/.test(fileNo)) return Promise.resolve(undefined);
    return this.database.asScope(scope, (tx) => findPersonFile(tx, fileNo));
  }
}
