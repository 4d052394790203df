import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { explainLine } from '../benefit/explain-text.js';
import { ApproveReimbursement } from './approve-reimbursement.js';
import { ComputeReimbursement } from './compute-reimbursement.js';
import { EndReimbursement } from './end-reimbursement.js';
import { OpenReimbursement } from './open-reimbursement.js';
import { PayReimbursement } from './pay-reimbursement.js';
import { ApproveCaseBody, ComputeCaseBody, OpenCaseBody, PayCaseBody, ReasonBody } from './reimbursement.dto.js';
import { caseDetails, caseView, reportedBillView } from './reimbursement-view.js';
import { linesOfCase } from './case-lines.repository.js';
import { findCase, listCases, stepsOf } from './reimbursement.repository.js';

/** 手工报销 (N44 H53 H59 N61): the home agency works off, online, what could not be settled directly. */
@ApiTags('reimbursement-cases 手工报销')
@ApiBearerAuth()
@Controller('reimbursement-cases')
export class ReimbursementController {
  constructor(
    private readonly database: Database,
    private readonly opening: OpenReimbursement,
    private readonly computing: ComputeReimbursement,
    private readonly approving: ApproveReimbursement,
    private readonly paying: PayReimbursement,
    private readonly ending: EndReimbursement,
  ) {}

  @Get()
  @Roles('settlement.read', 'settlement.reimburse', 'settlement.reimburse-approve')
  @ApiOperation({ summary: '案件清单' })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'source', required: false })
  @ApiQuery({ name: 'personNo', required: false })
  async list(
    @CurrentCaller() caller: Caller,
    @Query('state') state?: string,
    @Query('source') source?: string,
    @Query('personNo') personNo?: string,
  ): Promise<object[]> {
    const wanted = { state: state ?? null, source: source ?? null, personNo: personNo ?? null };
    return (await this.database.asScope(caller.scope, (tx) => listCases(tx, wanted))).map(caseView);
  }

  @Get('self-pay-bills')
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '待立案的自费账单：本地参保人在外地全自费、医院已上传完成的' })
  async reported(@CurrentCaller() caller: Caller): Promise<object[]> {
    return (await this.opening.worklist(caller)).map(reportedBillView);
  }

  @Post()
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '立案：自费账单，或重新办理未办成的案件' })
  async open(@Body() { billId, caseNo }: OpenCaseBody, @CurrentCaller() caller: Caller): Promise<object> {
    const [bill, old] = [billId ?? null, caseNo ?? null];
    if ((bill === null) === (old === null))
      return orThrow(refuse('BAD_REQUEST', { detail: '请给出 billId 或 caseNo 之一' }));
    const opened =
      bill === null ? await this.opening.again(old ?? '', caller) : await this.opening.fromBill(bill, caller);
    return caseView(orThrow(opened));
  }

  @Get(':caseNo')
  @Roles('settlement.read', 'settlement.reimburse', 'settlement.reimburse-approve')
  @ApiOperation({ summary: '案件详情：诊断、逐行核算、办理经过' })
  get(@Param('caseNo') caseNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return this.database.asScope(caller.scope, async (tx) => {
      const found = await findCase(tx, caseNo);
      if (found === undefined) return orThrow(refuse('NOT_FOUND', { what: '该报销案件' }));
      return caseDetails(found, await linesOfCase(tx, caseNo), await stepsOf(tx, caseNo));
    });
  }

  @Get(':caseNo/explanation')
  @Roles('settlement.read', 'settlement.reimburse', 'settlement.reimburse-approve')
  @ApiOperation({ summary: '每个数字的由来：规则、条款、算式；text 可读给患者听' })
  async explanation(@Param('caseNo') caseNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    const figures = (await this.database.asScope(caller.scope, (tx) => findCase(tx, caseNo)))?.figures;
    if (figures === undefined) return orThrow(refuse('NOT_FOUND', { what: '该报销案件' }));
    const { packId = null, route = null, routeArticles = [], explanation = [] } = figures ?? {};
    return { caseNo, packId, route, routeArticles, figures: explanation, text: explanation.map(explainLine) };
  }

  @Post(':caseNo/computation')
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '核算：按现行账单、所选目录与参保地政策' })
  async compute(
    @Param('caseNo') caseNo: string,
    @Body() body: ComputeCaseBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    const { catalogue, useAccount } = body;
    return caseView(orThrow(await this.computing.execute({ caseNo, catalogue, useAccount }, caller)));
  }

  @Post(':caseNo/approval')
  @HttpCode(200)
  @Roles('settlement.reimburse-approve')
  @ApiOperation({ summary: '复核：由核算以外的另一人，累计与个人账户随之变动' })
  async approve(
    @Param('caseNo') caseNo: string,
    @Body() { notDuplicate }: ApproveCaseBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return caseView(orThrow(await this.approving.execute({ caseNo, notDuplicate }, caller)));
  }

  @Post(':caseNo/cancellation')
  @HttpCode(200)
  @Roles('settlement.reimburse-approve')
  @ApiOperation({ summary: '撤销复核：由复核以外的另一人，累计与个人账户原样退回' })
  async cancel(
    @Param('caseNo') caseNo: string,
    @Body() { reason }: ReasonBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return caseView(orThrow(await this.approving.cancel(caseNo, reason, caller)));
  }

  @Post(':caseNo/payment')
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '支付：到参保人本人账户，登记付款信息' })
  async pay(
    @Param('caseNo') caseNo: string,
    @Body() body: PayCaseBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return caseView(orThrow(await this.paying.pay(caseNo, body.payee(), body.details(), caller)));
  }

  @Post(':caseNo/closing')
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '办结' })
  async close(@Param('caseNo') caseNo: string, @CurrentCaller() caller: Caller): Promise<object> {
    return caseView(orThrow(await this.paying.close(caseNo, caller)));
  }

  @Post(':caseNo/withdrawal')
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '撤回' })
  async withdraw(
    @Param('caseNo') caseNo: string,
    @Body() { reason }: ReasonBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return caseView(orThrow(await this.ending.execute(caseNo, 'withdraw', reason, caller)));
  }

  @Post(':caseNo/refusal')
  @HttpCode(200)
  @Roles('settlement.reimburse')
  @ApiOperation({ summary: '不予报销' })
  async refuse(
    @Param('caseNo') caseNo: string,
    @Body() { reason }: ReasonBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return caseView(orThrow(await this.ending.execute(caseNo, 'refuse', reason, caller)));
  }
}
