import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Bus } from '../bus/index.js';
import type { BusFlow, DeadLetterNotice, InboxResult } from '../bus/index.js';
import { Clock, OperatorClock, shanghaiDateTime } from '../clock/index.js';
import { orThrow, refuse } from '../errors/index.js';
import { Roles } from '../identity/index.js';
import { Answer, AnswerFields, AnswerList, AnswerObject } from './answers.js';
import { DayJobs } from './day-jobs.js';
import { InstantField } from './fields.js';
import { ServiceConfig } from './service-config.js';

class ClockSetting {
  @InstantField('新的时间，例如 2026-03-31T23:00:00+08:00') now: string;
}

const { text, count } = AnswerFields;
const ClockAnswer = AnswerObject({ now: text, shanghai: text });
const anyObject = Type.Object({}, { additionalProperties: true });

/** 运维: the clock of demonstrations and tests, and what is under way on the bus. */
@ApiTags('operations 运维')
@ApiBearerAuth()
@Roles('operator')
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: DayJobs,
    private readonly bus: Bus,
    private readonly config: ServiceConfig,
  ) {}

  @Get('clock')
  @ApiOperation({ summary: '当前业务时间' })
  @Answer(ClockAnswer)
  now(): object {
    return { now: this.clock.now().toISOString(), shanghai: shanghaiDateTime(this.clock.now()) };
  }

  @Put('clock')
  @ApiOperation({ summary: '设定业务时间并补做其间各日的任务（正式环境拒绝）' })
  @Answer(ClockAnswer)
  async set(@Body() { now }: ClockSetting): Promise<object> {
    if (this.config.production || !(this.clock instanceof OperatorClock))
      return orThrow(refuse('OPERATION_NOT_IN_PRODUCTION'));
    this.clock.set(new Date(now));
    await this.jobs.catchUp();
    return this.now();
  }

  @Get('dead-letters')
  @ApiOperation({ summary: '未能处理的消息（死信）' })
  @Answer(AnswerList(anyObject))
  deadLetters(): Promise<DeadLetterNotice[]> {
    return this.bus.deadLetters.open();
  }

  @Post('dead-letters/:id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: '按原文重新处理一条死信' })
  @Answer(AnswerObject({ result: text }))
  async replay(@Param('id') id: string): Promise<{ result: InboxResult }> {
    const result = /^\d{1,18}$/.test(id) ? await this.bus.server.replay(BigInt(id)) : undefined;
    return result === undefined ? orThrow(refuse('NOT_FOUND', { what: `死信 ${id}` })) : { result };
  }

  @Get('flow')
  @ApiOperation({ summary: '消息流量：待发、待收、累计' })
  @Answer(Type.Object({ outbox: count, lag: count }, { additionalProperties: true }))
  flow(): Promise<BusFlow> {
    return this.bus.flow();
  }
}
