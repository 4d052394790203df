import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '#shared/clock';
import { orThrow, refuse } from '#shared/errors';
import { Public } from '#shared/identity';
import type { Counterpart } from '#shared/service';
import { FilingClient } from '../../person/filing-client.js';
import { Counterparts } from './counterparts.js';
import { HomeDoor } from './home-door.js';
import { readRefundRequest, readShareRequest, wire } from './home-wire.js';
import { openLetter, sealLetter, senderOf } from './letter.js';

/** 部署之间的入口: signed letters of the other deployments; agencies and hospitals have no business here. */
@ApiExcludeController()
@Public()
@Controller('home-side/v1')
export class HomeDoorController {
  constructor(
    private readonly counterparts: Counterparts,
    private readonly door: HomeDoor,
    private readonly filing: FilingClient,
    private readonly clock: Clock,
  ) {}

  private readonly calls: Record<string, (from: Counterpart, body: unknown) => Promise<unknown>> = {
    trials: (from, body) => this.door.trial(from, readShareRequest(body)),
    settlements: (from, body) => this.door.settle(from, readShareRequest(body), JSON.stringify(body)),
    reversals: (from, body) => this.door.reverse(from, exchangeIn(body)),
    confirmations: (from, body) => this.door.confirm(from, exchangeIn(body)),
    refunds: (from, body) => this.door.refund(from, readRefundRequest(body)),
    persons: async (_from, body) => ({ numbers: await this.filing.ask(wire.identity.Decode(body).identityHash) }),
  };

  @Post(':call')
  @HttpCode(200)
  async take(@Param('call') call: string, @Body() body: { letter?: unknown }): Promise<{ letter: string }> {
    const letter = typeof body.letter === 'string' ? body.letter : '';
    const from = this.counterparts.named(senderOf(letter) ?? '');
    const answer = Object.hasOwn(this.calls, call) ? this.calls[call] : undefined;
    if (from === undefined || answer === undefined) return orThrow(refuse('NOT_SIGNED_IN'));
    const { self } = this.counterparts;
    const said = await openLetter(letter, { from: from.name, to: self, call }, from.key, this.clock.now()).catch(() =>
      orThrow(refuse('NOT_SIGNED_IN')),
    );
    const answered = await answer(from, said);
    return {
      letter: await sealLetter({ from: self, to: from.name, call, body: answered }, from.key, this.clock.now()),
    };
  }
}

const exchangeIn = (body: unknown): string => wire.exchangeName.Decode(body).exchangeId;
