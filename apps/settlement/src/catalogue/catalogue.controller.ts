import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
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
  DayField,
  ListField,
  Nullable,
  Optional,
  readingSheet,
  sentRows,
  TextField,
  TextListField,
  xlsxType,
} from '#shared/service';
import type { SheetRequest } from '#shared/service';
import { findCatalogueFile, refusedRowsOf } from './catalogue-file.repository.js';
import type { CatalogueFile } from './catalogue-file.repository.js';
import type { RefusedRow } from './catalogue-row.js';
import { ImportCatalogue } from './import-catalogue.js';
import type { ImportReport } from './import-catalogue.js';

class ItemBody {
  @TextField('医疗目录编码', 50) code: string;
  @TextField('名称') name: string;
  @TextField('收费类别', 2) category: string;
  @TextField('目录等级', 1) class: string;
  @TextField('先行自付比例', 8) firstPayRatio: string;
  @Nullable() @TextField('单价限价', 16) priceLimitPerUnit: string | null;
  @Optional() @TextListField('慢特病病种', 100) diseases?: string[];
}

class CatalogueBody {
  @DayField('生效日') from: string;
  @ListField('目录项目', () => ItemBody, 20_000) items: ItemBody[];
}

class FileQuestion {
  /** For the lines that have no day of their own. */
  @Optional() @DayField('生效日') from?: string;
}

const { count, area, text } = AnswerFields;
const FileAnswerFields = AnswerObject({
  ...{ fileNo: count, area, loadedBy: text, loadedAt: Type.String(), total: count, added: count, changed: count },
  ...{ same: count, refused: count },
});

@ApiTags('catalogues 就医地目录')
@ApiBearerAuth()
@Controller('catalogues')
export class CatalogueController {
  constructor(
    private readonly importCatalogue: ImportCatalogue,
    private readonly database: Database,
  ) {}

  @Post(':area/items')
  @Roles('settlement.catalogue')
  @ApiOperation({ summary: '导入目录项目；不合格的行逐条说明' })
  async post(
    @Param('area') area: string,
    @Body() body: CatalogueBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ImportReport> {
    return orThrow(await this.importCatalogue.execute(area, body.from, body.items, caller));
  }

  @Post(':area/files')
  @Roles('settlement.catalogue')
  @ApiOperation({ summary: '导入目录文件（CSV 流式，或 XLSX）；同一文件再导入不改变任何内容' })
  @ApiConsumes(csvType, xlsxType)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Answer(FileAnswerFields, 201)
  load(
    @Param('area') area: string,
    @Query() { from }: FileQuestion,
    @Req() request: SheetRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<CatalogueFile> {
    return readingSheet(async () => orThrow(await this.importCatalogue.load(area, from, sentRows(request), caller)));
  }

  @Get(':area/files/:fileNo/refusals')
  @Roles('settlement.catalogue')
  @ApiOperation({ summary: '未导入的行、列与应填内容' })
  @Answer(AnswerList(AnswerObject({ line: count, itemCode: text, column: text, reason: text })))
  async refusals(
    @Param('area') area: string,
    @Param('fileNo') fileNo: string,
    @CurrentCaller() { scope }: Caller,
  ): Promise<RefusedRow[]> {
    return this.database.asScope(scope, async (tx) => {
      const isNumber = /^\d{1,18}$/.test(fileNo);
      const file = isNumber ? await findCatalogueFile(tx, area, fileNo) : undefined;
      return file === undefined ? orThrow(refuse('NOT_FOUND', { what: '该文件' })) : refusedRowsOf(tx, area, fileNo);
    });
  }
}
