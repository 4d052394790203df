import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, IdentityNumbers, maskIdentityNumber, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { insuredPersonChanged } from '#shared/contracts';
import { Answer, AnswerFields, AnswerList, AnswerObject } from '#shared/service';
import { ChangeInsuredStatus } from './change-insured-status.js';
import { MergePersons } from './merge-persons.js';
import { personPayload } from './person-book.js';
import { MergeBody, PersonBody, StatusChangeBody } from './person.dto.js';
import { findPerson } from './person.repository.js';
import type { StoredPerson } from './person.repository.js';
import { RegisterPerson } from './register-person.js';
import type { Registered } from './register-person.js';

const { text, count, area, maybeArea } = AnswerFields;
const personNoForm = /^[\w-]{1,30}$/;
export const PersonAnswer = AnswerObject({
  ...Type.Omit(insuredPersonChanged.schema as Type.TObject, ['identityHash']).properties,
  county: maybeArea,
  version: count,
  identityNumber: text,
});

/** A person as agencies may see him: the number masked, no hash. */
export function personView(person: StoredPerson, numbers: IdentityNumbers): object {
  const { identityHash: _hash, ...shown } = personPayload(person);
  const identityNumber = maskIdentityNumber(numbers.decrypt(person.identityEncrypted));
  return { ...shown, county: person.county, version: person.version, identityNumber };
}

@ApiTags('persons 参保人员')
@ApiBearerAuth()
@Controller('persons')
export class PersonController {
  constructor(
    private readonly registerPerson: RegisterPerson,
    private readonly changeStatus: ChangeInsuredStatus,
    private readonly mergePersons: MergePersons,
    private readonly database: Database,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  @Put(':personNo')
  @Roles('filing.persons')
  @ApiOperation({ summary: '登记或变更参保人员' })
  @Answer(AnswerObject({ personNo: text, version: count, alsoIn: AnswerList(area) }))
  async put(
    @Param('personNo') personNo: string,
    @Body() body: PersonBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Registered> {
    if (!personNoForm.test(personNo))
      return orThrow(refuse('BAD_REQUEST', { detail: '人员编号应为 1 至 30 位字母数字' }));
    const { specialIdentities = [], ...given } = body;
    return orThrow(await this.registerPerson.execute({ personNo, specialIdentities, ...given }, caller));
  }

  @Post(':personNo/status-changes')
  @HttpCode(200)
  @Roles('filing.persons')
  @ApiOperation({ summary: '参保状态变更（正常、暂停、终止、转出），备案随之变动' })
  @Answer(AnswerObject({ personNo: text, version: count }))
  async change(
    @Param('personNo') personNo: string,
    @Body() body: StatusChangeBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return orThrow(await this.changeStatus.execute(personNo, body, caller));
  }

  @Post(':personNo/merge')
  @HttpCode(200)
  @Roles('filing.persons')
  @ApiOperation({ summary: '同一人的两个编号合并' })
  @Answer(AnswerObject({ personNo: text, mergedInto: text }))
  async merge(
    @Param('personNo') personNo: string,
    @Body() { into }: MergeBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return orThrow(await this.mergePersons.execute(personNo, into, caller));
  }

  @Get(':personNo')
  @Roles('filing.read')
  @ApiOperation({ summary: '查询参保人员（证件号码脱敏）' })
  @Answer(PersonAnswer)
  async get(@Param('personNo') personNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    const found = await this.database.asScope(caller.scope, (tx) => findPerson(tx, personNo));
    return found === undefined
      ? orThrow(refuse('NOT_FOUND', { what: '该参保人' }))
      : personView(found, this.identityNumbers);
  }
}
