import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, isWithin, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { isProvince } from '#shared/regions';
import { itemsOf } from '../item/clearing-item.repository.js';
import { IssueNotices } from '../notice/issue-notices.js';
import type { Notice } from '../notice/notice.js';
import { noticesOf } from '../notice/notice.repository.js';
import { NettingProvinces } from '../tables/netting-provinces.js';
import { checkNetting, checkTables } from '../tables/rules/check-tables.js';
import { netAreas } from '../tables/rules/net-areas.js';
import { pairProvinces } from '../tables/rules/pair-provinces.js';
import type { Pair, TableCheck } from '../tables/tables.js';
import { nettingView, tablesView } from '../tables/tables-view.js';
import { tablesWorkbook } from '../tables/tables-workbook.js';
import { ConfirmTables } from './confirm-tables.js';
import { confirmedBy, findPeriod, uploadsOf } from './period.repository.js';
import { UploadCosts } from './upload-costs.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const noticeView = ({ lines, totalFen, ...notice }: Notice): object => ({
  ...notice,
  total: formatYuan(totalFen),
  lines: lines.map(({ amountFen, ...line }) => ({ ...line, amount: formatYuan(amountFen) })),
});

@ApiTags('periods 清算')
@ApiBearerAuth()
@Controller('periods/:period')
export class PeriodController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly uploadCosts: UploadCosts,
    private readonly confirmTables: ConfirmTables,
    private readonly issueNotices: IssueNotices,
    private readonly netting: NettingProvinces,
  ) {}

  @Get()
  @Roles('clearing.read')
  @ApiOperation({ summary: '清算期状态' })
  get(@Param('period') period: string): Promise<object> {
    return this.database.transaction(async (tx) => {
      const found = await findPeriod(tx, monthOrRefuse(period));
      if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该清算期' }));
      return { ...found, uploads: await uploadsOf(tx, period), confirmed: await confirmedBy(tx, period) };
    });
  }

  @Post('uploads')
  @Roles('clearing.upload')
  @ApiOperation({ summary: '就医省上传审核后的费用（每月 20 日前）' })
  async upload(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<object> {
    return orThrow(await this.uploadCosts.execute(monthOrRefuse(period), caller));
  }

  @Get('tables')
  @Roles('clearing.read')
  @ApiOperation({ summary: '清算表（附件 14、14-1、14-7 与扣款表）' })
  async tables(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<object> {
    const { pairs, checks } = await this.database.asScope(caller.scope, (tx) => this.tablesOf(tx, period));
    return tablesView(pairs, checks);
  }

  @Get('tables.xlsx')
  @Roles('clearing.read')
  @ApiOperation({ summary: '清算表工作簿' })
  async workbook(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<StreamableFile> {
    const { pairs } = await this.database.asScope(caller.scope, (tx) => this.tablesOf(tx, period));
    const content = await tablesWorkbook(pairs, period, this.clock.today());
    return new StreamableFile(content, { type: xlsx, disposition: `attachment; filename="clearing-${period}.xlsx"` });
  }

  @Post('confirmation')
  @HttpCode(200)
  @Roles('clearing.confirm')
  @ApiOperation({ summary: '省级确认清算表（每月 25 日前）' })
  async confirm(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<object> {
    return orThrow(await this.confirmTables.execute(monthOrRefuse(period), caller));
  }

  @Post('notices')
  @Roles('clearing.issue')
  @ApiOperation({ summary: '签发付款、收款与轧差通知' })
  async issue(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<object[]> {
    return orThrow(await this.issueNotices.execute(monthOrRefuse(period), caller)).map(noticeView);
  }

  @Get('notices')
  @Roles('clearing.read')
  @ApiOperation({ summary: '通知书' })
  async notices(@Param('period') period: string, @CurrentCaller() caller: Caller): Promise<object[]> {
    return (await this.database.asScope(caller.scope, (tx) => noticesOf(tx, monthOrRefuse(period)))).map(noticeView);
  }

  @Get('netting')
  @Roles('clearing.read')
  @ApiOperation({ summary: '省内轧差' })
  @ApiQuery({ name: 'province', example: '430000' })
  async net(
    @Param('period') period: string,
    @CurrentCaller() caller: Caller,
    @Query('province') province = '',
  ): Promise<object> {
    if (!isProvince(province)) return orThrow(refuse('NOT_A_PROVINCE'));
    if (!isWithin(caller.scope, province)) return orThrow(refuse('NOT_YOUR_AREA', { area: province }));
    const items = await this.database.asScope(caller.scope, (tx) => itemsOf(tx, monthOrRefuse(period)));
    return nettingView(netAreas(items, province));
  }

  private async tablesOf(tx: Transaction, period: string): Promise<{ pairs: Pair[]; checks: TableCheck[] }> {
    const items = await itemsOf(tx, monthOrRefuse(period));
    const pairs = pairProvinces(items);
    const nettings = this.netting
      .on(this.clock.today())
      .flatMap((province) => checkNetting(province, netAreas(items, province)));
    return { pairs, checks: [...checkTables(pairs, items), ...nettings] };
  }
}

function monthOrRefuse(text: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : orThrow(refuse('BAD_REQUEST', { detail: '清算期例如 2026-03' }));
}
