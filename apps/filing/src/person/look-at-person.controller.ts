import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import Type from 'typebox';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { covers, currentPerson, filingReach, isQualifiedOn } from '#shared/filing';
import { CurrentCaller, IdentityNumbers, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { Answer, AnswerFields, AnswerList, AnswerObject } from '#shared/service';
import { isHomeAgency } from '../authority/home-agency.js';
import { FilingAnswer, filingView } from '../filing/filing.answers.js';
import { filingsOf } from '../filing/filing.repository.js';
import { QualificationAnswer } from '../qualification/qualification.controller.js';
import { qualificationsOf } from '../qualification/qualification.repository.js';
import { accessesOf, logAccess } from './access-log.repository.js';
import type { Access } from './access-log.repository.js';
import { PersonAnswer, personView } from './person.controller.js';
import { RevealBody, VisitQueryBody } from './person.dto.js';
import { findPerson, findPersonsByHash } from './person.repository.js';
import { normalDocumentNumber } from './rules/identity-document.js';

const { text, area } = AnswerFields;

/** 查看与核验: every look that shows more than an agency's own masked rows has a reason, and leaves a trace. */
@ApiTags('persons 参保人员')
@ApiBearerAuth()
@Controller()
export class LookAtPersonController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  @Post('persons/:personNo/identity-number')
  @HttpCode(200)
  @Roles('filing.reveal')
  @ApiOperation({ summary: '查看完整证件号码（留痕）' })
  @Answer(AnswerObject({ personNo: text, identityNumber: text }))
  reveal(
    @Param('personNo') personNo: string,
    @Body() { reason }: RevealBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return this.database.transaction(async (tx) => {
      const person = await findPerson(tx, personNo);
      if (person === undefined || !(await isHomeAgency(tx, caller, person)))
        return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
      await logAccess(tx, person, { kind: 'reveal', reason, at: this.clock.now(), caller });
      return { personNo, identityNumber: this.identityNumbers.decrypt(person.identityEncrypted) };
    });
  }

  /** 就医地核验: whoever has the person with his document before him sees what concerns the visit here, and no more. */
  @Post('visit-queries')
  @HttpCode(200)
  @Roles('filing.visit')
  @ApiOperation({ summary: '就医地核验：凭证件与姓名查询当前有效备案与门诊慢特病资格（留痕）' })
  @Answer(
    AnswerObject({
      person: PersonAnswer,
      filings: AnswerList(FilingAnswer),
      qualifications: AnswerList(QualificationAnswer),
    }),
  )
  visit(@Body() { certificateNo, name }: VisitQueryBody, @CurrentCaller() caller: Caller): Promise<object> {
    const today = this.clock.today();
    const hash = this.identityNumbers.hash(normalDocumentNumber(certificateNo));
    return this.database.transaction(async (tx) => {
      const person = currentPerson(await findPersonsByHash(tx, hash), today);
      if (person?.name !== name) return orThrow(refuse('NOT_FOUND', { what: '该参保人' }));
      await logAccess(tx, person, { kind: 'visit', reason: '就医核验', at: this.clock.now(), caller });
      const reach = filingReach(person.homeArea, today);
      const care = { treatmentArea: caller.agency, admittedOn: today, today, reach };
      const filings = (await filingsOf(tx, person.personNo)).filter((filing) => covers(filing, care));
      const qualifications = await qualificationsOf(tx, [person.personNo]);
      return {
        person: personView(person, this.identityNumbers),
        filings: filings.map((filing) => filingView(filing, caller)),
        qualifications: qualifications.filter((one) => isQualifiedOn(one, today)),
      };
    });
  }

  @Get('access-log')
  @Roles('filing.audit')
  @ApiOperation({ summary: '查看留痕' })
  @ApiQuery({ name: 'personNo', required: false })
  @Answer(
    AnswerList(
      AnswerObject({
        ...{ personNo: text, homeArea: area, kind: text, actor: text, agency: area, reason: text },
        happenedAt: Type.String(),
      }),
    ),
  )
  accesses(@CurrentCaller() caller: Caller, @Query('personNo') personNo?: unknown): Promise<Access[]> {
    const wanted = typeof personNo === 'string' ? personNo : null;
    return this.database.asScope(caller.scope, (tx) => accessesOf(tx, wanted));
  }
}
