import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#shared/identity';
import type { AnswerEnvelope } from './envelope.js';
import { Gateway } from './gateway.js';

/** The door of the hospitals: signed messages instead of tokens, HTTP 200 for every answer. */
@ApiTags('gateway 结算网关')
@Public()
@Controller('gateway')
export class GatewayController {
  constructor(private readonly gateway: Gateway) {}

  @Post(':infno')
  @HttpCode(200)
  @ApiOperation({ summary: '全国统一接口报文，交易编号在地址末尾' })
  post(
    @Param('infno') infno: string,
    @Headers() headers: Record<string, string>,
    @Body() body: unknown,
  ): Promise<AnswerEnvelope> {
    return this.gateway.handle(infno, headers, body);
  }
}
