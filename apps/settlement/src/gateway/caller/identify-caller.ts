import { Injectable } from '@nestjs/common';
import { addDays, atShanghai, Clock, dayOf } from '#shared/clock';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome, Refusal } from '#shared/errors';
import { isSm3Digest, signedText, Sm2Verifier } from '#shared/gm-signature';
import { IdentityNumbers, isSignedBy, signatureHeaders, signatureWindowSeconds } from '#shared/identity';
import type { ReadEnvelope } from '#shared/national-interface';
import { AreaValues } from '#shared/rules';
import type { Institution } from '../../institution/institution.js';
import { findCaller, goodCredentials, useNonce } from './caller.repository.js';
import type { CallerRecord, StoredCredential } from './caller.repository.js';
import { isSignedIn } from './sign-in.repository.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface Message {
  readonly headers: Headers;
  readonly envelope: ReadEnvelope;
  /** The envelope as it was sent, for the signatures that cover it. */
  readonly sent: Readonly<Record<string, unknown>>;
}

export interface Caller {
  readonly institution: Institution;
  /** What the hospital should know, for example that its credential ends soon. */
  readonly warning: string | undefined;
}

/**
 * 调用方识别 (P5.3): x-tif headers, unless the institution's area has agreed on SM3 or SM2 in `cainfo` with it; then the
 * message id stands for the nonce. A nonce counts once; the time must be near ours.
 */
@Injectable()
export class IdentifyCaller {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cipher: IdentityNumbers,
    private readonly rules: AreaValues,
    private readonly sm2: Sm2Verifier,
  ) {}

  execute(message: Message): Promise<Outcome<Caller>> {
    return this.database.transaction(async (tx) => {
      const { envelope } = message;
      const record = await findCaller(tx, envelope.fixmedins_code);
      const signature = record?.terms?.signature ?? 'headers';
      const credential =
        record !== undefined && signature !== 'headers'
          ? await this.byCainfo(tx, message, record, signature)
          : await this.byHeaders(tx, message);
      if (isRefusal(credential)) return credential;
      if (record === undefined || credential?.institutionCode !== record.institution.institutionCode)
        return refuse('INSTITUTION_MISMATCH');
      return { institution: record.institution, warning: this.warningFor(record.institution, credential) };
    });
  }

  /** 签到 (9001) where the area or its agreement with the institution demands it. */
  needSignIn(envelope: ReadEnvelope, institution: Institution): Promise<Refusal | undefined> {
    const today = dayOf(this.clock.now());
    return this.database.transaction(async (tx) => {
      const terms = (await findCaller(tx, institution.institutionCode))?.terms;
      const needed = terms?.signIn ?? this.rules.on('signInRequired', institution.area, today).value === true;
      if (!needed) return undefined;
      const good =
        envelope.sign_no !== null && (await isSignedIn(tx, institution.institutionCode, envelope.sign_no, today));
      return good ? undefined : refuse('SIGN_IN_NEEDED');
    });
  }

  private async byHeaders(tx: Transaction, { headers }: Message): Promise<Outcome<StoredCredential | undefined>> {
    const given = signatureHeaders(headers);
    if (given === undefined) return refuse('SIGNATURE_MISSING');
    const now = this.clock.now();
    const [credential] = await goodCredentials(tx, { paasid: given.paasid }, now);
    if (credential === undefined || !isSignedBy([this.cipher.decrypt(credential.secretEncrypted)], given, now))
      return refuse('SIGNATURE_WRONG', { seconds: signatureWindowSeconds });
    return (await useNonce(tx, given.paasid, given.nonce, now)) ? credential : refuse('NONCE_USED');
  }

  private async byCainfo(
    tx: Transaction,
    { envelope, sent }: Message,
    { institution, terms }: CallerRecord,
    kind: 'sm3' | 'sm2',
  ): Promise<Outcome<StoredCredential>> {
    const wrong = refuse('CAINFO_WRONG', { kind: kind.toUpperCase(), seconds: signatureWindowSeconds });
    const now = this.clock.now();
    const credentials = await goodCredentials(tx, { institutionCode: institution.institutionCode }, now);
    const [newest] = credentials;
    const { cainfo, signtype, inf_time: time } = envelope;
    if (newest === undefined || cainfo === null || time === null) return wrong;
    if (signtype !== null && signtype.toLowerCase() !== kind) return wrong;
    const sentAt = atShanghai(time.slice(0, 10), time.slice(11));
    if (Math.abs(sentAt.getTime() - now.getTime()) > signatureWindowSeconds * 1000) return wrong;
    const text = signedText(sent);
    const secrets = credentials.map(({ secretEncrypted }) => this.cipher.decrypt(secretEncrypted));
    const good =
      kind === 'sm3'
        ? isSm3Digest(text, cainfo, secrets)
        : await this.sm2.verify(text, cainfo, terms?.sm2PublicKey ?? '');
    return good ? newest : wrong;
  }

  private warningFor({ area }: Institution, { validTo }: StoredCredential): string | undefined {
    if (validTo === null) return undefined;
    const today = dayOf(this.clock.now());
    const endsOn = dayOf(validTo);
    const notice = this.rules.of(area).numberOn('expiryNoticeDays', today);
    return endsOn <= addDays(today, notice) ? `接口凭证将于 ${endsOn} 失效，请向就医地经办机构换发` : undefined;
  }
}
