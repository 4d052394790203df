import { Injectable } from '@nestjs/common';
import { addDays, atShanghai, Clock, dayOf, shanghaiDateTime } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { AreaValues } from '#shared/rules';
import type { Institution } from '../institution/institution.js';
import type { GatewayFile } from './gateway-transaction.js';
import { findFile, insertFile } from './institution-file.repository.js';

export interface StoredFile {
  readonly fileNo: string;
  /** 下载截止时间. */
  readonly until: string;
}

/** 机构文件: what hospitals upload (9101) and download (9102); each sees its own, for as long as the rules keep them. */
@Injectable()
export class InstitutionFiles {
  constructor(
    private readonly clock: Clock,
    private readonly rules: AreaValues,
  ) {}

  async keep(tx: Transaction, { institutionCode, area }: Institution, file: GatewayFile): Promise<StoredFile> {
    const today = this.clock.today();
    const row = { ...file, uploadedAt: this.clock.now() };
    const fileNo = await insertFile(tx, institutionCode, row, today);
    const lastDay = addDays(today, this.rules.of(area).numberOn('keepFilesDays', today));
    return { fileNo, until: shanghaiDateTime(atShanghai(lastDay, '23:59:59')) };
  }

  find(tx: Transaction, institutionCode: string, fileNo: string): Promise<GatewayFile | undefined> {
    return findFile(tx, institutionCode, fileNo);
  }

  /** The same, while it may still be downloaded. */
  async download(
    tx: Transaction,
    { institutionCode, area }: Institution,
    fileNo: string,
  ): Promise<GatewayFile | undefined> {
    const today = this.clock.today();
    const since = addDays(today, -this.rules.of(area).numberOn('keepFilesDays', today));
    const found = await findFile(tx, institutionCode, fileNo);
    return found !== undefined && dayOf(found.uploadedAt) >= since
      ? { name: found.name, content: found.content }
      : undefined;
  }
}
