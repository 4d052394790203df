import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '#shared/identity';
import { Answer, AnswerFields, AnswerObject } from '#shared/service';
import { RepublishState } from './republish-state.js';
import type { Republished } from './republish-state.js';

@ApiTags('operations 运维')
@ApiBearerAuth()
@Controller('operations/republish')
export class RepublishController {
  constructor(private readonly republish: RepublishState) {}

  @Post()
  @HttpCode(200)
  @Roles('operator')
  @ApiOperation({ summary: '重发全部参保人、备案与资格的现状，供对方重建副本' })
  @Answer(AnswerObject({ persons: AnswerFields.count, messages: AnswerFields.count }))
  run(): Promise<Republished> {
    return this.republish.execute();
  }
}
