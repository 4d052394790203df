import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { orThrow } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan } from '#shared/money';
import { AdviseRoutes } from './advise-routes.js';
import { adviseCommand, RoutesBody, WhatIfQuery } from './advice.dto.js';
import { cheapest } from './compare-routes.js';
import { RouteNeeds } from './route-needs.js';
import { splitView } from './split-view.js';
import { WhatIf } from './what-if.js';
import type { WhatIfBill } from './what-if.js';

@ApiTags('advice 待遇测算')
@ApiBearerAuth()
@Roles('settlement.read')
@Controller('advice')
export class AdviceController {
  constructor(
    private readonly adviseRoutes: AdviseRoutes,
    private readonly whatIf: WhatIf,
    private readonly needs: RouteNeeds,
    private readonly clock: Clock,
  ) {}

  @Post('routes')
  @HttpCode(200)
  @ApiOperation({ summary: '选择就医路径前的比较：各路径的分担与所需手续' })
  async routes(@Body() body: RoutesBody, @CurrentCaller() caller: Caller): Promise<object> {
    const { homeArea, results } = orThrow(await this.adviseRoutes.execute(adviseCommand(body), caller));
    const today = this.clock.today();
    return {
      cheapest: cheapest(results) ?? null,
      ways: results.map(({ way, outcome }) => ({
        way,
        needs: this.needs.of(way, homeArea, today),
        ...splitView(outcome),
      })),
    };
  }

  @Get('persons/:personNo/what-if')
  @ApiOperation({ summary: '政策试算：同一人同一年度在另一政策包下的结果，只展示不入账' })
  async year(
    @Param('personNo') personNo: string,
    @Query() query: WhatIfQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<object[]> {
    const { scheme, pack, year } = query;
    const command = { personNo, scheme, packId: pack, benefitYear: Number(year) };
    return orThrow(await this.whatIf.execute(command, caller)).map(compared);
  }

  @Get('refunds/:settlementId/recomputation')
  @ApiOperation({ summary: '退费后重算：其后的结算本应如何，只展示不入账' })
  async recomputation(@Param('settlementId') settlementId: string, @CurrentCaller() caller: Caller): Promise<object[]> {
    return orThrow(await this.whatIf.withoutRefunded(settlementId, caller)).map(compared);
  }
}

const compared = ({ granted, replayed }: WhatIfBill): object => ({
  settlementId: granted.settlementId,
  settledOn: granted.settledOn,
  total: formatYuan(granted.totalFen),
  granted: { fundTotal: formatYuan(granted.fundFen), personalAccount: formatYuan(granted.personalAccountFen) },
  replayed: splitView(replayed.outcome),
});
