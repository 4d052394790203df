import { Injectable } from '@nestjs/common';
import { Counterparts } from '../home/remote/counterparts.js';
import { CounterpartClient } from '../home/remote/counterpart-client.js';
import { FilingClient, readAnswers } from './filing-client.js';
import type { FilingAnswer } from './filing-client.js';

/** 人员询问: the filing of this deployment first, then those of the others; whoever is down knows nobody. */
@Injectable()
export class AskAboutPerson {
  constructor(
    private readonly filing: FilingClient,
    private readonly counterparts: Counterparts,
    private readonly client: CounterpartClient,
  ) {}

  async stranger(identityHash: string): Promise<FilingAnswer[]> {
    const here = await this.filing.ask(identityHash);
    if (here.length > 0) return here;
    const names = this.counterparts.all.map(({ name }) => name);
    return (await Promise.all(names.map((name) => this.askCounterpart(name, identityHash)))).flat();
  }

  /** No topic of another deployment reaches this one, so its people are asked for again; nobody else is. */
  async again(homeArea: string, identityHash: string): Promise<FilingAnswer[]> {
    const counterpart = this.counterparts.serving(homeArea);
    return counterpart === undefined ? [] : this.askCounterpart(counterpart.name, identityHash);
  }

  private async askCounterpart(name: string, identityHash: string): Promise<FilingAnswer[]> {
    const counterpart = this.counterparts.named(name);
    if (counterpart === undefined) return [];
    const delivery = await this.client.send(counterpart, 'persons', { identityHash });
    return delivery.kind === 'answered' ? readAnswers(delivery.answer) : [];
  }
}
