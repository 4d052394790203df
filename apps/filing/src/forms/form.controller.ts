import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, IdentityNumbers, maskIdentityNumber, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { isProvince, provinceOf } from '#shared/regions';
import { FileAnswer, pdfType } from '#shared/service';
import { isHomeAgency } from '../authority/home-agency.js';
import { findFiling } from '../filing/filing.repository.js';
import { logAccess } from '../person/access-log.repository.js';
import { findPerson } from '../person/person.repository.js';
import { commitmentForm } from './commitment-form.js';
import { filingForm } from './filing-form.js';
import type { FormFacts } from './form-facts.js';

const paper = (bytes: Buffer, name: string): StreamableFile =>
  new StreamableFile(bytes, { type: pdfType, disposition: `inline; filename="${name}.pdf"` });

/** 备案表与承诺书 (A1 A2): blank for everybody, filled from the record for the home agency. */
@ApiTags('forms 表样')
@Controller()
export class FormController {
  /** Blank forms are the same for everybody of a province, and asked for by anybody. */
  private readonly blanks = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly identityNumbers: IdentityNumbers,
  ) {}

  @Get('forms/filing-form.pdf')
  @Public()
  @ApiOperation({ summary: '空白登记备案表' })
  @ApiQuery({ name: 'area', description: '参保地，决定表头的省份' })
  @FileAnswer(pdfType)
  async blankForm(@Query('area') area: unknown): Promise<StreamableFile> {
    if (typeof area !== 'string' || !/^\d{6}$/.test(area) || !isProvince(provinceOf(area)))
      return orThrow(refuse('BAD_REQUEST', { detail: '需要六位参保地代码 area' }));
    return paper(await this.blank(provinceOf(area), (at) => filingForm(area, undefined, at)), 'filing-form');
  }

  @Get('forms/commitment.pdf')
  @Public()
  @ApiOperation({ summary: '空白个人承诺书' })
  @FileAnswer(pdfType)
  async blankCommitment(): Promise<StreamableFile> {
    return paper(await this.blank('commitment', (at) => commitmentForm(undefined, at)), 'commitment');
  }

  @Get('filings/:filingNo/form.pdf')
  @Roles('filing.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: '登记备案表（按备案记录填写；完整证件号码需权限与事由并留痕）' })
  @ApiQuery({ name: 'reason', required: false, description: '查看完整证件号码的事由' })
  @FileAnswer(pdfType)
  async form(
    @Param('filingNo') filingNo: string,
    @Query('reason') reason: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    const facts = await this.facts(filingNo, reason, caller);
    return paper(await filingForm(facts.filing.homeArea, facts, this.clock.now()), `filing-form-${filingNo}`);
  }

  @Get('filings/:filingNo/commitment.pdf')
  @Roles('filing.read')
  @ApiBearerAuth()
  @ApiOperation({ summary: '个人承诺书（按备案记录填写）' })
  @ApiQuery({ name: 'reason', required: false, description: '查看完整证件号码的事由' })
  @FileAnswer(pdfType)
  async commitment(
    @Param('filingNo') filingNo: string,
    @Query('reason') reason: unknown,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    const facts = await this.facts(filingNo, reason, caller);
    return paper(await commitmentForm(facts, this.clock.now()), `commitment-${filingNo}`);
  }

  private blank(name: string, make: (at: Date) => Promise<Buffer>): Promise<Buffer> {
    const made = this.blanks.get(name) ?? make(this.clock.now());
    this.blanks.set(name, made);
    return made;
  }

  /** The number is printed in full only for those who may see it and say why. */
  private facts(filingNo: string, reason: unknown, caller: Caller): Promise<FormFacts> {
    return this.database.transaction(async (tx) => {
      const filing = await findFiling(tx, filingNo);
      const person = filing === undefined ? undefined : await findPerson(tx, filing.personNo);
      if (filing === undefined || person === undefined || !(await isHomeAgency(tx, caller, filing)))
        return orThrow(refuse('NOT_FOUND', { what: '该备案' }));
      const number = this.identityNumbers.decrypt(person.identityEncrypted);
      if (typeof reason !== 'string' || reason === '')
        return { filing, person, identityNumber: maskIdentityNumber(number) };
      if (!caller.roles.includes('filing.reveal')) return orThrow(refuse('ROLE_MISSING', { role: '查看完整证件号码' }));
      const access = { kind: 'reveal', reason: reason.slice(0, 200), at: this.clock.now(), caller } as const;
      await logAccess(tx, person, access);
      return { filing, person, identityNumber: number };
    });
  }
}
