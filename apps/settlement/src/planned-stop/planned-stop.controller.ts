import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ChoiceField, InstantField, TextField } from '#shared/service';
import { effectOf, noticeOf } from './planned-stop.js';
import type { PlannedStop } from './planned-stop.js';
import { openStop } from './planned-stop.repository.js';
import { WorkOnStop } from './work-on-stop.js';
import type { StopReport } from './work-on-stop.js';

class AnnounceBody {
  @TextField('停机原因', 100) reason: string;
  @InstantField('停机开始') beginsAt: string;
  @InstantField('停机结束') endsAt: string;
}

const steps = ['drain', 'stop', 'verify', 'cancel'] as const;

class StepBody {
  @ChoiceField('停机步骤', steps) step: (typeof steps)[number];
}

class ReopenBody {
  @TextField('差异说明', 500) because: string;
}

/** 停机切换 (P5.2 H83): the public notice, and the operator's steps. */
@ApiTags('planned stops 停机切换')
@ApiBearerAuth()
@Roles('operator')
@Controller('planned-stops')
export class PlannedStopController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly workOnStop: WorkOnStop,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: '停机公告（公开）：时间、原因、当前是否受理新业务' })
  async notice(): Promise<object[]> {
    const stop = await openStop(this.database.source.manager);
    if (stop === undefined) return [];
    const { stopNo, reason, beginsAt, endsAt } = stop;
    return [{ stopNo, reason, beginsAt, endsAt, state: effectOf(stop, this.clock.now()), notice: noticeOf(stop) }];
  }

  @Post()
  @ApiOperation({ summary: '预告停机' })
  async announce(
    @Body() { reason, beginsAt, endsAt }: AnnounceBody,
    @CurrentCaller() { subject }: Caller,
  ): Promise<PlannedStop> {
    const times = { beginsAt: new Date(beginsAt), endsAt: new Date(endsAt) };
    return orThrow(await this.workOnStop.announce({ reason, ...times }, subject));
  }

  @Post(':stopNo/steps')
  @HttpCode(200)
  @ApiOperation({ summary: '停止受理新业务、停机、核验恢复、取消' })
  async step(
    @Param('stopNo') stopNo: string,
    @Body() { step }: StepBody,
    @CurrentCaller() { subject }: Caller,
  ): Promise<PlannedStop> {
    return orThrow(await this.workOnStop[step](numberOf(stopNo), subject));
  }

  @Post(':stopNo/reopening')
  @HttpCode(200)
  @ApiOperation({ summary: '有差异时说明原因恢复' })
  async reopen(
    @Param('stopNo') stopNo: string,
    @Body() { because }: ReopenBody,
    @CurrentCaller() { subject }: Caller,
  ): Promise<PlannedStop> {
    return orThrow(await this.workOnStop.reopen(numberOf(stopNo), because, subject));
  }

  @Get(':stopNo/report')
  @ApiOperation({ summary: '在途业务、切换前后的数量与金额及差异' })
  async report(@Param('stopNo') stopNo: string): Promise<StopReport> {
    const report: Outcome<StopReport> = await this.workOnStop.report(numberOf(stopNo));
    return orThrow(report);
  }
}

const numberOf = (text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : orThrow(refuse('NOT_FOUND', { what: '该停机' }));
