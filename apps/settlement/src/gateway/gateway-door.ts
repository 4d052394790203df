import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#shared/clock';
import { infnoOfPath } from '#shared/national-interface';
import { refusalOf } from '#shared/service';
import { refusalAnswer } from './envelope.js';
import { Gateway } from './gateway.js';

const addresses = /^\/(gateway\/|fsi\/api\/|[0-9]{4,5}[A-Za-z]?(\?|$))/;

/** Whether an address is one that hospitals use. */
export const isGatewayAddress = (url: string): boolean => addresses.test(url);

/**
 * 网关入口: the door of the hospitals, beside the REST doors of the agencies. Three forms of address, any content type,
 * signed messages instead of tokens, HTTP 200 for every answer. It reads bodies itself, because the encoding of a message is
 * checked and a body that is no JSON is answered in the envelope.
 */
export function openGatewayDoor(app: NestFastifyApplication): void {
  const gateway = app.get(Gateway);
  const clock = app.get(Clock);
  const server = app.getHttpAdapter().getInstance();
  void server.register((door, _options, done) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    door.setErrorHandler((error, _request, reply) => {
      const at = clock.now();
      const answer = refusalAnswer(refusalOf(error), { area: '000000', receivedAt: at, answeredAt: at });
      void reply.status(200).send(answer);
    });
    const answer =
      (infnoOf: (request: FastifyRequest) => string) => async (request: FastifyRequest, reply: FastifyReply) => {
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const answered = await gateway.handle(infnoOf(request), request.headers, body);
        if (answered.kind === 'envelope') return reply.status(200).send(answered.envelope);
        const { name, content } = answered.file;
        return reply
          .status(200)
          .header('content-type', 'application/octet-stream')
          .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
          .send(Buffer.from(content));
      };
    const number = answer(({ params }) => (params as { infno: string }).infno);
    door.post('/gateway/:infno', number);
    door.post('/:infno(^[0-9]{4,5}[A-Za-z]?$)', number);
    door.post(
      '/fsi/api/*',
      answer(({ params }) => {
        const path = (params as { '*': string })['*'];
        return infnoOfPath(path) ?? path.slice(0, 60);
      }),
    );
    done();
  });
}
