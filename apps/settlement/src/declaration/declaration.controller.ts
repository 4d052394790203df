import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '#shared/database';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { formatYuan, parseYuan } from '#shared/money';
import { FlagField, ListField, TextField, YuanField } from '#shared/service';
import { AnswerAudit } from './answer-audit.js';
import { AuditDeclaration } from './audit-declaration.js';
import type { Declaration } from './declaration.js';
import { listDeclarations } from './declaration.repository.js';

class FindingBody {
  @TextField('结算 ID', 40) settlementId: string;
  @TextField('明细流水号', 30) lineNo: string;
  @YuanField('扣减金额') amount: string;
  @TextField('扣减原因代码', 30) reasonCode: string;
  @TextField('扣减原因', 500) reason: string;
}
class AuditBody {
  @ListField('审核扣减', () => FindingBody, 5000) findings: FindingBody[];
}
class ObjectionBody {
  @TextField('结算 ID', 40) settlementId: string;
  @TextField('明细流水号', 30) lineNo: string;
  @TextField('申诉理由', 1000) reason: string;
}
class ReviewDecisionBody {
  @TextField('结算 ID', 40) settlementId: string;
  @TextField('明细流水号', 30) lineNo: string;
  @FlagField('维持扣减') keep: boolean;
  @TextField('复审意见', 1000) reason: string;
}
class ReviewBody {
  @ListField('复审结论', () => ReviewDecisionBody, 5000) decisions: ReviewDecisionBody[];
}

const view = ({ totalFen, fundFen, accountFen, cashFen, ...one }: Declaration): object => ({
  ...one,
  total: formatYuan(totalFen),
  fund: formatYuan(fundFen),
  personalAccount: formatYuan(accountFen),
  cash: formatYuan(cashFen),
});

@ApiTags('declarations 申报与审核')
@ApiBearerAuth()
@Controller('declarations')
export class DeclarationController {
  constructor(
    private readonly database: Database,
    private readonly auditDeclaration: AuditDeclaration,
    private readonly answerAudit: AnswerAudit,
  ) {}

  @Get()
  @Roles('settlement.read', 'settlement.audit')
  @ApiOperation({ summary: '申报列表' })
  @ApiQuery({ name: 'month', required: false })
  async list(@CurrentCaller() caller: Caller, @Query('month') month?: string): Promise<object[]> {
    const found = await this.database.asScope(caller.scope, (tx) => listDeclarations(tx, month ?? null));
    return found.map(view);
  }

  @Post(':declarationId/audit')
  @HttpCode(200)
  @Roles('settlement.audit')
  @ApiOperation({ summary: '审核；没有扣减即终结' })
  async audit(
    @Param('declarationId') declarationId: string,
    @Body() { findings }: AuditBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    const given = findings.map(({ amount, ...finding }) => ({ ...finding, amountFen: parseYuan(amount) }));
    return view(await this.auditDeclaration.execute(declarationId, given, caller));
  }

  @Post(':declarationId/acceptance')
  @HttpCode(200)
  @Roles('settlement.declare')
  @ApiOperation({ summary: '机构认可扣减' })
  async accept(@Param('declarationId') declarationId: string, @CurrentCaller() caller: Caller): Promise<object> {
    return view(await this.answerAudit.accept(declarationId, caller));
  }

  @Post(':declarationId/objections')
  @HttpCode(200)
  @Roles('settlement.declare')
  @ApiOperation({ summary: '机构申诉' })
  async object(
    @Param('declarationId') declarationId: string,
    @Body() body: ObjectionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return view(await this.answerAudit.object(declarationId, body, caller));
  }

  @Post(':declarationId/review')
  @HttpCode(200)
  @Roles('settlement.audit')
  @ApiOperation({ summary: '复审申诉' })
  async review(
    @Param('declarationId') declarationId: string,
    @Body() { decisions }: ReviewBody,
    @CurrentCaller() caller: Caller,
  ): Promise<object> {
    return view(await this.answerAudit.review(declarationId, decisions, caller));
  }
}
