import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { Area, DayField, nullable, oneOf } from '#shared/contracts';
import { catalogue } from '#shared/errors';
import type { ErrorCode } from '#shared/errors';
import { ratio } from '#shared/money';
import type { Ratio } from '#shared/money';
import { institutionLevels, routes, settings, trusts } from '../../policy/policy-pack.js';
import type { RefundRequest, Share, ShareRequest } from '../home-side.js';

/** What two deployments say to each other: amounts as whole fen in decimal text, ratios as decimal text, times in ISO 8601. */
const Fen = Type.Codec(Type.String({ pattern: '^-?\\d{1,17}$' }))
  .Decode((text) => BigInt(text))
  .Encode((fen) => fen.toString());
const ExactRatio = Type.Codec(Type.String({ pattern: '^-?\\d{1,4}(\\.\\d{1,20})?$' }))
  .Decode((text) => ratio(text))
  .Encode((exact: Ratio) => exact.toFixed());
const Instant = Type.Codec(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }))
  .Decode((text) => new Date(text))
  .Encode((instant) => instant.toISOString());
const Name = Type.String({ maxLength: 200 });
const Id = Type.String({ maxLength: 64 });

const scope = {
  totalFen: Fen,
  ownExpenseFen: Fen,
  overLimitFen: Fen,
  firstPayFen: Fen,
  inScopeFen: Fen,
};

export const shareRequestSchema = Type.Object({
  settlementId: Id,
  visitId: Id,
  personNo: Id,
  scheme: oneOf('310', '390'),
  setting: oneOf('inpatient', 'outpatient'),
  benefitSetting: oneOf(...settings),
  route: oneOf(...routes),
  designated: Type.Optional(Type.Boolean()),
  homeArea: Area,
  treatmentArea: Area,
  institutionCode: Id,
  level: oneOf(...institutionLevels),
  admittedOn: DayField,
  dischargedOn: DayField,
  settledOn: DayField,
  settledAt: Instant,
  diseases: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 }),
  scope: Type.Object(scope),
  parts: Type.Array(Type.Object({ ...scope, category: Type.String({ maxLength: 20 }) }), { maxItems: 10_000 }),
  injury: Type.Boolean(),
  useAccount: Type.Boolean(),
});

const Clause = Type.Object({
  pack: Name,
  clause: Type.String(),
  source: Type.String(),
  trust: oneOf(...trusts),
  unconfirmed: Type.Optional(Type.String()),
});

export const shareSchema = Type.Object({
  benefitYear: Type.Integer(),
  deductibleFen: Fen,
  ratio: nullable(ExactRatio),
  funds: Type.Array(Type.Object({ fundType: Id, layer: Type.String({ maxLength: 64 }), amountFen: Fen })),
  personalAccountFen: Fen,
  cashFen: Fen,
  hospitalFen: Fen,
  figures: Type.Array(
    Type.Object({
      rule: Type.String(),
      name: Type.String(),
      clause: nullable(Clause),
      articles: Type.Array(Type.String()),
      formula: Type.String(),
      value: Type.String(),
      unit: oneOf('元', '比例', '次'),
    }),
  ),
  packId: Type.String({ maxLength: 64 }),
  accountBalanceAfterFen: Fen,
});

export const refundRequestSchema = Type.Object({
  settlementId: Id,
  refundOf: Id,
  personNo: Id,
  homeArea: Area,
  settledOn: DayField,
  settledAt: Instant,
});

export const exchangeNameSchema = Type.Object({ exchangeId: Id });

export const identitySchema = Type.Object({ identityHash: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

const codes = Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]];

/** An expected "no" of the home side, in a code that both know. */
export const refusedSchema = Type.Object({
  refused: Type.Enum(codes),
  args: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

export const wire = {
  shareRequest: Compile(shareRequestSchema),
  share: Compile(shareSchema),
  refundRequest: Compile(refundRequestSchema),
  exchangeName: Compile(exchangeNameSchema),
  identity: Compile(identitySchema),
  refused: Compile(refusedSchema),
};

/** Only what the contract names goes out: a line of the treatment side knows more than the home side may see. */
export function writeShareRequest(request: ShareRequest): unknown {
  const { scope: whole, parts, ...rest } = request;
  return wire.shareRequest.Encode({
    ...rest,
    diseases: [...rest.diseases],
    scope: scopeOnly(whole),
    parts: parts.map((part) => ({ ...scopeOnly(part), category: part.category })),
  });
}

const scopeOnly = ({ totalFen, ownExpenseFen, overLimitFen, firstPayFen, inScopeFen }: ShareRequest['scope']) => ({
  totalFen,
  ownExpenseFen,
  overLimitFen,
  firstPayFen,
  inScopeFen,
});

export const readShareRequest = (given: unknown): ShareRequest => wire.shareRequest.Decode(given);

export const writeShare = (share: Share): unknown =>
  wire.share.Encode({
    benefitYear: share.benefitYear,
    deductibleFen: share.deductibleFen,
    ratio: share.ratio,
    funds: share.funds.map((fund) => ({ ...fund })),
    personalAccountFen: share.personalAccountFen,
    cashFen: share.cashFen,
    hospitalFen: share.hospitalFen,
    figures: share.figures.map((figure) => ({ ...figure, clause: figure.clause, articles: [...figure.articles] })),
    packId: share.packId,
    accountBalanceAfterFen: share.accountBalanceAfterFen,
  });

export const readShare = (given: unknown): Share => wire.share.Decode(given);

export const writeRefundRequest = (request: RefundRequest): unknown => wire.refundRequest.Encode(request);

export const readRefundRequest = (given: unknown): RefundRequest => wire.refundRequest.Decode(given);
