import { refuse } from '#shared/errors';
import { bootService } from '#shared/service';
import { refusalAnswer } from './gateway/envelope.js';
import { SettlementModule } from './settlement.module.js';

const gatewayPath = /^\/gateway\//;

await bootService('settlement', SettlementModule, {
  // A hospital system reads the body only: also a message that cannot be parsed is answered in the envelope.
  refusalForm: ({ url }, refusal, at) => {
    if (!gatewayPath.test(url)) return undefined;
    const said = refusal.code === 'BAD_REQUEST' ? refuse('ENVELOPE_INVALID', refusal.args) : refusal;
    return refusalAnswer(said, { area: '000000', receivedAt: at, answeredAt: at });
  },
});
