import { refuse } from '#shared/errors';
import { acceptFiles, bootService } from '#shared/service';
import { refusalAnswer } from './gateway/envelope.js';
import { isGatewayAddress, openGatewayDoor } from './gateway/gateway-door.js';
import { SettlementModule } from './settlement.module.js';

await bootService('settlement', SettlementModule, {
  prepare: (app) => {
    acceptFiles(app);
    openGatewayDoor(app);
  },
  // A hospital system reads the body only: also a request that never reaches the gateway is answered in the envelope.
  refusalForm: ({ url }, refusal, at) => {
    if (!isGatewayAddress(url)) return undefined;
    const said = refusal.code === 'BAD_REQUEST' ? refuse('ENVELOPE_INVALID', refusal.args) : refusal;
    return refusalAnswer(said, { area: '000000', receivedAt: at, answeredAt: at });
  },
});
