import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { orThrow, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { CurrentCaller, Roles } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { ChoiceField, Nullable, TextField } from '#shared/service';
import { keepTerms } from '../gateway/caller/caller.repository.js';
import type { GatewayTerms, SignatureKind } from '../gateway/caller/caller.repository.js';
import { InstitutionCredentials } from './institution-credentials.js';
import type { ShownCredential } from './institution-credentials.js';
import { findInstitution } from './institution.repository.js';
import { signsFor } from './rules/admitting-area.js';

class TermsBody {
  @ChoiceField('签名方式', ['headers', 'sm3', 'sm2']) signature: SignatureKind;
  @Nullable() @TextField('SM2 公钥（04 开头的 130 位十六进制）', 130) sm2PublicKey: string | null;
  @ChoiceField('是否须先签到（9001）', ['yes', 'no']) signIn: 'yes' | 'no';
}

/** 接入约定: how an institution signs and whether it signs in, agreed with its area. */
@ApiTags('institutions 定点医药机构')
@ApiBearerAuth()
@Roles('settlement.institutions')
@Controller('institutions')
export class GatewayTermsController {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly credentials: InstitutionCredentials,
  ) {}

  @Get(':code/credentials')
  @ApiOperation({ summary: '有效的接口凭证及止期（不含密钥）' })
  async list(@Param('code') code: string, @CurrentCaller() caller: Caller): Promise<ShownCredential[]> {
    return orThrow(await this.credentials.list(code, caller));
  }

  @Put(':code/gateway-terms')
  @ApiOperation({ summary: '约定签名方式与签到要求' })
  async put(
    @Param('code') code: string,
    @Body() body: TermsBody,
    @CurrentCaller() caller: Caller,
  ): Promise<GatewayTerms> {
    const sm2PublicKey = body.sm2PublicKey?.toLowerCase() ?? null;
    const terms: GatewayTerms = { signature: body.signature, sm2PublicKey, signIn: body.signIn === 'yes' };
    return orThrow(await this.keep(code, terms, caller));
  }

  private async keep(code: string, terms: GatewayTerms, caller: Caller): Promise<Outcome<GatewayTerms>> {
    const hasKey = terms.sm2PublicKey !== null && /^04[0-9a-f]{128}$/.test(terms.sm2PublicKey);
    if (terms.signature === 'sm2' && !hasKey)
      return refuse('BAD_REQUEST', { detail: 'SM2 公钥应为 04 开头的 130 位十六进制' });
    return this.database.transaction(async (tx) => {
      const institution = await findInstitution(tx, code);
      if (institution === undefined) return refuse('NOT_FOUND', { what: '该机构' });
      if (!signsFor(caller.agency, institution.area)) return refuse('NOT_YOUR_AREA', { area: institution.area });
      const kept = hasKey ? terms : { ...terms, sm2PublicKey: null };
      await keepTerms(tx, code, kept, caller.subject, this.clock.now());
      return kept;
    });
  }
}
