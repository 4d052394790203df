import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { listObligations } from './board.repository.js';

@ApiTags('board 义务总览')
@ApiBearerAuth()
@Controller('board')
export class BoardController {
  constructor(private readonly database: Database) {}

  @Get('obligations')
  @Roles('collaboration.read')
  @ApiOperation({ summary: '全部办理义务' })
  @ApiQuery({ name: 'owner', required: false })
  @ApiQuery({ name: 'kind', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'service', required: false })
  list(
    @CurrentCaller() caller: Caller,
    @Query('owner') owner?: string,
    @Query('kind') kind?: string,
    @Query('state') state?: string,
    @Query('service') service?: string,
  ): Promise<object[]> {
    const wanted = { owner: owner ?? null, kind: kind ?? null, state: state ?? null, service: service ?? null };
    return this.database.asScope(caller.scope, (tx) => listObligations(tx, wanted));
  }
}
