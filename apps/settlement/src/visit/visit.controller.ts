import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ChoiceField, TextField } from '#shared/service';
import { UndoVisit } from './undo-visit.js';
import type { UndoStep } from './undo-visit.js';
import { legsView } from './visit-legs.js';
import { isVisible, readLegs } from './visit-legs.repository.js';

class UndoBody {
  @TextField('撤销原因', 200) reason: string;
  @ChoiceField('机构账上是否已有该结算', ['yes', 'no']) bookedByHospital: 'yes' | 'no';
}

/** 就诊处理: where a visit stands on every side, and the way out when it is stuck. */
@ApiTags('visits 就诊')
@ApiBearerAuth()
@Controller('visits')
export class VisitController {
  constructor(
    private readonly database: Database,
    private readonly undoVisit: UndoVisit,
  ) {}

  @Get(':visitId/legs')
  @Roles('settlement.read', 'settlement.visits')
  @ApiOperation({ summary: '各端状态：就医地、参保地、报文、待发消息' })
  async legs(@Param('visitId') visitId: string, @CurrentCaller() caller: Caller): Promise<object> {
    // Both sides of a visit are shown to whoever may see the visit: each side's own book is closed to the other otherwise.
    const mayBeSeen = await this.database.asScope(caller.scope, (tx) => isVisible(tx, visitId));
    if (!mayBeSeen) return orThrow(refuse('NOT_FOUND', { what: '该就诊' }));
    return { visitId, ...legsView(await this.database.transaction((tx) => readLegs(tx, visitId))) };
  }

  @Post(':visitId/undo')
  @HttpCode(200)
  @Roles('settlement.visits')
  @ApiOperation({ summary: '按次序逐级撤销：结算、出院、费用、登记' })
  async undo(
    @Param('visitId') visitId: string,
    @Body() body: UndoBody,
    @CurrentCaller() caller: Caller,
  ): Promise<{ steps: UndoStep[] }> {
    const command = { visitId, reason: body.reason, bookedByHospital: body.bookedByHospital === 'yes' };
    return { steps: orThrow(await this.undoVisit.execute(command, caller)) };
  }
}
