import { bootService } from '#shared/service';
import { failure } from './gateway/envelope.js';
import { SettlementModule } from './settlement.module.js';

const gatewayPath = /^\/gateway\//;

await bootService('settlement', SettlementModule, {
  // A hospital system reads the body only: also a message that cannot be parsed is answered in the envelope.
  refusalForm: ({ url }, answer, at) =>
    gatewayPath.test(url) ? failure(answer, { area: '000000', receivedAt: at, answeredAt: at }) : undefined,
  prepare: (app) => {
    app
      .getHttpAdapter()
      .getInstance()
      .addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
        try {
          done(null, JSON.parse(body as string));
        } catch (error) {
          done(Object.assign(error as Error, { statusCode: 400 }));
        }
      });
  },
});
