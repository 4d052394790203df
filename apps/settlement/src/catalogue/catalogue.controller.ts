import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { DayField, ListField, Nullable, TextField } from '#shared/service';
import { ImportCatalogue } from './import-catalogue.js';
import type { ImportReport } from './import-catalogue.js';

class ItemBody {
  @TextField('医疗目录编码', 50) code: string;
  @TextField('名称') name: string;
  @TextField('收费类别', 2) category: string;
  @TextField('目录等级', 1) class: string;
  @TextField('先行自付比例', 8) firstPayRatio: string;
  @Nullable() @TextField('单价限价', 16) priceLimitPerUnit: string | null;
}

class CatalogueBody {
  @DayField('生效日') from: string;
  @ListField('目录项目', () => ItemBody, 20_000) items: ItemBody[];
}

@ApiTags('catalogues 就医地目录')
@ApiBearerAuth()
@Controller('catalogues')
export class CatalogueController {
  constructor(private readonly importCatalogue: ImportCatalogue) {}

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
}
