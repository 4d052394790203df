import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { poolOf } from '#shared/regions';
import { Answer, AnswerFields, AnswerList, AnswerObject, ChoiceField, TextField, TextListField } from '#shared/service';
import { findMandate, giveMandate, listMandates, withdrawMandate } from '../authority/home-agency.js';
import type { CountyMandate } from '../authority/home-agency.js';
import { appointAgent, findAgent, listAgents, setAgentPersons } from './agent.repository.js';
import type { FilingAgent } from './agent.repository.js';

class AgentBody {
  @ChoiceField('代办点类型', ['village', 'employer']) kind: 'village' | 'employer';
  @TextField('名称', 100) name: string;
}
class PersonListBody {
  @TextListField('代办人员编号名单', 5000) personNos: string[];
}

const { text, day, area, count, maybeDay } = AnswerFields;
const AgentAnswer = AnswerObject({
  ...{ agentId: text, kind: text, name: text, area, appointedOn: day, dismissedOn: maybeDay },
});
const MandateAnswer = AnswerObject({ county: area, prefecture: area, givenBy: text, givenOn: day });
const agentIdForm = /^[\w.@-]{1,64}$/;

/** 下沉办理 (H11): villages and employers that file for the persons on their lists, and counties that the prefecture lets. */
@ApiTags('agents 代办点与区县授权')
@ApiBearerAuth()
@Roles('filing.agents')
@Controller()
export class AgentController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get('agents')
  @ApiOperation({ summary: '代办点名单' })
  @Answer(AnswerList(AgentAnswer))
  list(@CurrentCaller() caller: Caller): Promise<FilingAgent[]> {
    return this.database.asScope(caller.scope, listAgents);
  }

  @Put('agents/:agentId')
  @ApiOperation({ summary: '设立或变更代办点' })
  @Answer(AgentAnswer)
  async appoint(
    @Param('agentId') agentId: string,
    @Body() body: AgentBody,
    @CurrentCaller() caller: Caller,
  ): Promise<FilingAgent> {
    if (!agentIdForm.test(agentId)) return orThrow(refuse('BAD_REQUEST', { detail: '代办点编号格式不正确' }));
    return this.database.transaction(async (tx) => {
      const known = await findAgent(tx, agentId);
      if (known !== undefined && known.area !== caller.agency)
        return orThrow(refuse('NOT_YOUR_AREA', { area: known.area }));
      const appointedOn = known?.appointedOn ?? this.clock.today();
      const agent = { agentId, ...body, area: caller.agency, appointedOn, dismissedOn: null };
      await appointAgent(tx, agent);
      return agent;
    });
  }

  @Delete('agents/:agentId')
  @ApiOperation({ summary: '撤销代办点' })
  @Answer(AgentAnswer)
  dismiss(@Param('agentId') agentId: string, @CurrentCaller() caller: Caller): Promise<FilingAgent> {
    return this.database.transaction(async (tx) => {
      const agent = await this.own(agentId, caller, () => findAgent(tx, agentId));
      const dismissed = { ...agent, dismissedOn: agent.dismissedOn ?? this.clock.today() };
      await appointAgent(tx, dismissed);
      return dismissed;
    });
  }

  @Put('agents/:agentId/persons')
  @ApiOperation({ summary: '核定代办名单（只收本地参保人）' })
  @Answer(AnswerObject({ agentId: text, given: count, kept: count }))
  persons(
    @Param('agentId') agentId: string,
    @Body() { personNos }: PersonListBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return this.database.transaction(async (tx) => {
      const agent = await this.own(agentId, caller, () => findAgent(tx, agentId));
      const kept = await setAgentPersons(tx, agent, personNos);
      return { agentId, given: personNos.length, kept };
    });
  }

  @Get('county-mandates')
  @ApiOperation({ summary: '已授权办理备案的区县' })
  @Answer(AnswerList(MandateAnswer))
  mandates(@CurrentCaller() caller: Caller): Promise<CountyMandate[]> {
    return this.database.asScope(caller.scope, listMandates);
  }

  @Put('county-mandates/:county')
  @ApiOperation({ summary: '授权区县经办机构办理本县参保人备案' })
  @Answer(MandateAnswer)
  async give(@Param('county') county: string, @CurrentCaller() caller: Caller): Promise<CountyMandate> {
    if (!/^\d{6}$/.test(county) || county === caller.agency || poolOf(county) !== caller.agency)
      return orThrow(refuse('NOT_A_COUNTY', { county }));
    return this.database.transaction(async (tx) => {
      const given = { county, prefecture: caller.agency, givenBy: caller.subject, givenOn: this.clock.today() };
      await giveMandate(tx, given);
      return (await findMandate(tx, county)) ?? given;
    });
  }

  @Delete('county-mandates/:county')
  @HttpCode(200)
  @ApiOperation({ summary: '收回区县授权' })
  @Answer(MandateAnswer)
  withdraw(@Param('county') county: string, @CurrentCaller() caller: Caller): Promise<CountyMandate> {
    return this.database.transaction(async (tx) => {
      const known = await findMandate(tx, county);
      if (known?.prefecture !== caller.agency) return orThrow(refuse('NOT_FOUND', { what: '该区县授权' }));
      await withdrawMandate(tx, county);
      return known;
    });
  }

  private async own(
    agentId: string,
    { agency }: Caller,
    find: () => Promise<FilingAgent | undefined>,
  ): Promise<FilingAgent> {
    const agent = await find();
    return agent?.area === agency ? agent : orThrow(refuse('NOT_FOUND', { what: `代办点 ${agentId.slice(0, 64)}` }));
  }
}
