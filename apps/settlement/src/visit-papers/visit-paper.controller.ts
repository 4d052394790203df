import { Body, Controller, Get, Param, Put, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import { CurrentCaller, Public, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { FileAnswer, pdfType } from '#shared/service';
import { injuryCommitmentForm } from './injury-commitment-form.js';
import type { CommitmentFacts } from './injury-commitment-form.js';
import { outsideOrderForm } from './outside-order-form.js';
import { visibleVisit } from './paper-facts.js';
import { ReadVisitPapers } from './read-visit-papers.js';
import { RecordVisitPapers } from './record-visit-papers.js';
import { CommitmentBody, commitmentOf, OutsideOrderBody } from './visit-paper.dto.js';
import type { OutsideOrder } from './visit-paper.js';
import { ordersOf } from './visit-paper.repository.js';

export const pdf = (bytes: Buffer, name: string): StreamableFile =>
  new StreamableFile(bytes, { type: pdfType, disposition: `inline; filename="${name}.pdf"` });

const orderNoForm = /^[\w-]{1,30}$/;

/** 就诊表单 (A11 A12): blank for everybody, recorded by the hospital's office, seen by both sides of the visit. */
@ApiTags('visit-papers 就诊表单')
@ApiBearerAuth()
@Controller()
export class VisitPaperController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly papers: ReadVisitPapers,
    private readonly record: RecordVisitPapers,
  ) {}

  @Get('forms/injury-commitment.pdf')
  @Public()
  @ApiOperation({ summary: '空白外伤无第三方责任承诺书（附件11）' })
  @FileAnswer(pdfType)
  async blankCommitment(): Promise<StreamableFile> {
    return pdf(await injuryCommitmentForm(undefined, this.clock.now()), 'injury-commitment');
  }

  @Get('forms/outside-order.pdf')
  @Public()
  @ApiOperation({ summary: '空白外院检查治疗或购药单（附件12）' })
  @FileAnswer(pdfType)
  async blankOrder(): Promise<StreamableFile> {
    return pdf(await outsideOrderForm(undefined, this.clock.now()), 'outside-order');
  }

  @Put('visits/:visitId/injury-commitment')
  @Roles('settlement.papers')
  @ApiOperation({ summary: '登记已签的外伤无第三方责任承诺书' })
  async sign(
    @Param('visitId') visitId: string,
    @Body() body: CommitmentBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    orThrow(await this.record.commitment(visitId, commitmentOf(body), caller));
    return this.commitment(visitId, caller);
  }

  @Get('visits/:visitId/injury-commitment')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '外伤无第三方责任承诺书' })
  async commitment(@Param('visitId') visitId: string, @CurrentCaller() caller: Caller): Promise<object> {
    const { commitment, maskedCertificate } = await this.commitmentFacts(visitId, caller);
    return { ...commitment, certificateNo: maskedCertificate };
  }

  @Get('visits/:visitId/injury-commitment.pdf')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '外伤无第三方责任承诺书（按登记填写）' })
  @FileAnswer(pdfType)
  async commitmentPaper(@Param('visitId') visitId: string, @CurrentCaller() caller: Caller): Promise<StreamableFile> {
    const facts = await this.commitmentFacts(visitId, caller);
    return pdf(await injuryCommitmentForm(facts, this.clock.now()), `injury-commitment-${visitId}`);
  }

  @Put('visits/:visitId/outside-orders/:orderNo')
  @Roles('settlement.papers')
  @ApiOperation({ summary: '登记已盖章的外院检查治疗或购药单' })
  async approve(
    @Param('visitId') visitId: string,
    @Param('orderNo') orderNo: string,
    @Body() body: OutsideOrderBody,
    @CurrentCaller() caller: Caller,
  ): Promise<OutsideOrder> {
    if (!orderNoForm.test(orderNo)) return orThrow(refuse('BAD_REQUEST', { detail: '单号格式不正确' }));
    return orThrow(await this.record.order({ visitId, orderNo, ...body }, caller));
  }

  @Get('visits/:visitId/outside-orders')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '外院检查治疗或购药单列表' })
  orders(@Param('visitId') visitId: string, @CurrentCaller() caller: Caller): Promise<OutsideOrder[]> {
    return this.database.transaction(async (tx) => {
      orThrow(await visibleVisit(tx, visitId, caller));
      return ordersOf(tx, visitId);
    });
  }

  @Get('visits/:visitId/outside-orders/:orderNo.pdf')
  @Roles('settlement.read', 'settlement.papers')
  @ApiOperation({ summary: '外院检查治疗或购药单（按登记填写）' })
  @FileAnswer(pdfType)
  async orderPaper(
    @Param('visitId') visitId: string,
    @Param('orderNo') orderNo: string,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    const facts = orThrow(await this.database.transaction((tx) => this.papers.order(tx, visitId, orderNo, caller)));
    return pdf(await outsideOrderForm(facts, this.clock.now()), `outside-order-${orderNo}`);
  }

  private async commitmentFacts(visitId: string, caller: Caller): Promise<CommitmentFacts> {
    return orThrow(await this.database.transaction((tx) => this.papers.commitment(tx, visitId, caller)));
  }
}
