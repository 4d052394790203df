import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { scopeOf } from '#shared/identity';
import type { Institution } from '../institution/institution.js';
import { injuryCommitmentForm } from './injury-commitment-form.js';
import { outsideOrderForm } from './outside-order-form.js';
import { ReadVisitPapers } from './read-visit-papers.js';
import { settlementSlipForm } from './settlement-slip-form.js';

const form = /^(A11|A12|A13)-(\w+)$/;

/** 表单下载 (A11 A12 A13): a hospital takes the papers of its own visits like any file of the interface. */
@Injectable()
export class PaperFiles {
  constructor(
    private readonly clock: Clock,
    private readonly papers: ReadVisitPapers,
  ) {}

  /** A11- and the visit; A12- and the visit, with the number of the form as the name; A13- and the settlement. */
  async find(
    tx: Transaction,
    { institutionCode, area }: Institution,
    fileNo: string,
    filename: string,
  ): Promise<{ name: string; content: Uint8Array } | undefined> {
    const [, kind, id = ''] = form.exec(fileNo) ?? [];
    const reader = { institution: institutionCode, scope: scopeOf(area) };
    const at = this.clock.now();
    const made = async <F extends object>(
      facts: Outcome<F>,
      make: (facts: F, at: Date) => Promise<Buffer>,
    ): Promise<{ name: string; content: Uint8Array } | undefined> =>
      isRefusal(facts) ? undefined : { name: `${fileNo}.pdf`, content: await make(facts, at) };
    if (kind === 'A11') return made(await this.papers.commitment(tx, id, reader), injuryCommitmentForm);
    if (kind === 'A12')
      return made(await this.papers.order(tx, id, filename.replace(/\.pdf$/i, ''), reader), outsideOrderForm);
    if (kind === 'A13') return made(await this.papers.slip(tx, id, reader), settlementSlipForm);
    return undefined;
  }
}
