import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import { answerBrokenHttp } from './broken-http.js';
import type { RefusalFilter } from './refusal.filter.js';
import { largestBody, UnreadableRequest } from './request-bodies.js';

/** The HTTP server as every service has it: limits, and our own words for what never reaches a route. */
export function httpAdapter(refusals: () => RefusalFilter): FastifyAdapter {
  const options: FastifyServerOptions = {
    bodyLimit: largestBody,
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: (_error, request, reply) => {
      refusals().answer(new UnreadableRequest('地址的格式不正确'), request, reply);
    },
  };
  return new FastifyAdapter(options);
}
