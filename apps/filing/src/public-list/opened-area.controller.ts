import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { areaName } from '#shared/regions';
import { Answer, AnswerFields, AnswerList, AnswerObject, FlagField } from '#shared/service';
import { openArea, openedAreas } from './opened-area.repository.js';
import type { OpenedArea } from './opened-area.repository.js';

class OpenedBody {
  @FlagField('住院') inpatient: boolean;
  @FlagField('普通门诊') outpatient: boolean;
  @FlagField('门诊慢特病') chronic: boolean;
}

const { area, flag, day, text } = AnswerFields;
const OpenedAnswer = { area, inpatient: flag, outpatient: flag, chronic: flag, openedOn: day };

/** 已开通地区名单 (N11 P3.1): each area says for itself, everybody may read it. */
@ApiTags('public lists 公开名单')
@Controller('opened-areas')
export class OpenedAreaController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Put()
  @Roles('filing.designate')
  @ApiBearerAuth()
  @ApiOperation({ summary: '公布本地已开通的异地直接结算业务' })
  @Answer(AnswerObject(OpenedAnswer))
  async put(@Body() body: OpenedBody, @CurrentCaller() caller: Caller): Promise<OpenedArea> {
    const opened = { ...body, area: caller.agency, openedOn: this.clock.today() };
    await this.database.transaction((tx) => openArea(tx, opened));
    return opened;
  }

  @Get()
  @Public()
  @ApiOperation({ summary: '已开通地区（公开）' })
  @Answer(AnswerList(AnswerObject({ ...OpenedAnswer, name: text })))
  async list(): Promise<object[]> {
    const found = await this.database.transaction(openedAreas);
    return found.map((one) => ({ ...one, name: areaName(one.area) }));
  }
}
