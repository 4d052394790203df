import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { filingChanged, insuredPersonChanged, qualificationChanged } from '#shared/contracts';
import type { EventContract, PayloadOf } from '#shared/contracts';
import { signServiceCall } from '#shared/identity';
import { ServiceConfig } from '#shared/service';

/** The last thing that filing said about something, with its place in the order of what it said about the person. */
export interface Told<P> {
  readonly version: number;
  readonly payload: P;
}

/** One number of a person, with everything that filing has told the topics about it. */
export interface FilingAnswer {
  readonly person: Told<PayloadOf<typeof insuredPersonChanged>>;
  readonly filings: readonly Told<PayloadOf<typeof filingChanged>>[];
  readonly qualifications: readonly Told<PayloadOf<typeof qualificationChanged>>[];
}

const deadlineMs = 2_000;

/** Asks filing about a person that no topic has told us of. Filing being down means "not known", never an error. */
@Injectable()
export class FilingClient {
  constructor(
    private readonly config: ServiceConfig,
    private readonly clock: Clock,
  ) {}

  async ask(identityHash: string): Promise<FilingAnswer[]> {
    const path = `/internal/persons/${identityHash}`;
    try {
      const response = await fetch(this.config.filingUrl + path, {
        headers: signServiceCall(this.config.identityHashKey, path, this.clock.now()),
        signal: AbortSignal.timeout(deadlineMs),
      });
      if (!response.ok) return [];
      return readAnswers(await response.json());
    } catch {
      return [];
    }
  }
}

/** What is no answer of filing is left out. */
export function readAnswers(given: unknown): FilingAnswer[] {
  const { numbers } = (typeof given === 'object' && given !== null ? given : {}) as { numbers?: unknown };
  return Array.isArray(numbers) ? (numbers as Record<string, unknown>[]).flatMap(readAnswer) : [];
}

function readAnswer(given: Record<string, unknown>): FilingAnswer[] {
  const [person] = readTold(insuredPersonChanged, [given['person']]);
  if (person === undefined) return [];
  return [
    {
      person,
      filings: readTold(filingChanged, given['filings']),
      qualifications: readTold(qualificationChanged, given['qualifications']),
    },
  ];
}

function readTold<P>(contract: EventContract<P>, given: unknown): Told<P>[] {
  return (Array.isArray(given) ? (given as Partial<Told<unknown>>[]) : []).flatMap(({ version, payload }) =>
    typeof version === 'number' && contract.check(payload) ? [{ version, payload }] : [],
  );
}
