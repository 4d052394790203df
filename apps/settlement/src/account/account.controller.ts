import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { parseYuan } from '#shared/money';
import { TextField, YuanField } from '#shared/service';
import { CreditAccount } from './credit-account.js';

class CreditBody {
  @YuanField('划入金额') amount: string;
  @TextField('划入凭证号', 64) reference: string;
}

@ApiTags('accounts 个人账户')
@ApiBearerAuth()
@Controller('accounts')
export class AccountController {
  constructor(private readonly creditAccount: CreditAccount) {}

  @Post(':personNo/credits')
  @Roles('settlement.accounts')
  @ApiOperation({ summary: '个人账户划入（同一凭证号只计一次）' })
  async credit(
    @Param('personNo') personNo: string,
    @Body() body: CreditBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return orThrow(await this.creditAccount.execute(personNo, parseYuan(body.amount), body.reference, caller));
  }
}
