import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { filingChanged, insuredPersonChanged } from '#shared/contracts';
import type { PayloadOf } from '#shared/contracts';
import { signServiceCall } from '#shared/identity';
import { ServiceConfig } from '#shared/service';

export interface FilingAnswer {
  readonly version: number;
  readonly person: PayloadOf<typeof insuredPersonChanged>;
  readonly filings: readonly PayloadOf<typeof filingChanged>[];
}

const deadlineMs = 2_000;

/** Asks filing about a person that no topic has told us of. Filing being down means "not known", never an error. */
@Injectable()
export class FilingClient {
  constructor(
    private readonly config: ServiceConfig,
    private readonly clock: Clock,
  ) {}

  async ask(identityHash: string): Promise<FilingAnswer | undefined> {
    const path = `/internal/persons/${identityHash}`;
    try {
      const response = await fetch(this.config.filingUrl + path, {
        headers: signServiceCall(this.config.identityHashKey, path, this.clock.now()),
        signal: AbortSignal.timeout(deadlineMs),
      });
      if (!response.ok) return undefined;
      const answer = (await response.json()) as Partial<FilingAnswer>;
      const { version, person, filings = [] } = answer;
      if (typeof version !== 'number' || !insuredPersonChanged.check(person)) return undefined;
      return { version, person, filings: filings.filter((filing) => filingChanged.check(filing)) };
    } catch {
      return undefined;
    }
  }
}
