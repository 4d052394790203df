import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, IdentityNumbers, maskIdentityNumber, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { PersonBody } from './person.dto.js';
import { findPerson } from './person.repository.js';
import { RegisterPerson } from './register-person.js';
import type { Registered } from './register-person.js';

@ApiTags('persons 参保人员')
@ApiBearerAuth()
@Controller('persons')
export class PersonController {
  constructor(
    private readonly registerPerson: RegisterPerson,
    private readonly database: Database,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  @Put(':personNo')
  @Roles('filing.persons')
  @ApiOperation({ summary: '登记或变更参保人员' })
  async put(
    @Param('personNo') personNo: string,
    @Body() body: PersonBody,
    @CurrentCaller() caller: Caller,
  ): Promise<Registered> {
    if (!/^[\w-]{1,30}$/.test(personNo))
      return orThrow(refuse('BAD_REQUEST', { detail: '人员编号应为 1 至 30 位字母数字' }));
    return orThrow(await this.registerPerson.execute({ personNo, ...body }, caller));
  }

  @Get(':personNo')
  @Roles('filing.read')
  @ApiOperation({ summary: '查询参保人员（证件号码脱敏）' })
  async get(@Param('personNo') personNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    const found = await this.database.asScope(caller.scope, (tx) => findPerson(tx, personNo));
    if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
    const { identityEncrypted, identityHash: _hash, ...person } = found;
    return { ...person, identityNumber: maskIdentityNumber(this.identityNumbers.decrypt(identityEncrypted)) };
  }
}
