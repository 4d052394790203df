import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, register } from 'prom-client';
import { newTrace, runWithTrace } from '../bus/index.js';
import type { Trace } from '../bus/index.js';
import type { JsonLog } from './json-log.js';

const traces = new WeakMap<object, Trace>();

/** 追踪: every request runs in a trace; a caller's `traceparent` is carried on. The body is read outside, so twice. */
export function traceRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['traceparent'];
    const correlationId = typeof given === 'string' ? /^00-([0-9a-f]{32})-/.exec(given)?.[1] : undefined;
    const trace = correlationId === undefined ? newTrace() : newTrace(correlationId);
    traces.set(request, trace);
    void reply.header('x-trace-id', trace.correlationId);
    runWithTrace(trace, done);
  });
  server.addHook('preValidation', (request, _reply, done) => {
    runWithTrace(traces.get(request) ?? newTrace(), done);
  });
}

const quietRoutes = /^\/(health|metrics|docs)/;

/** One line per request with its trace; the route and not the address, which may name persons. */
export function logRequests(server: FastifyInstance, log: JsonLog): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    if (!quietRoutes.test(route)) {
      const ms = Math.round(reply.elapsedTime);
      runWithTrace(traces.get(request) ?? newTrace(), () => {
        log.entry('request', { method: request.method, route, status: reply.statusCode, ms });
      });
    }
    done();
  });
}

/** A client that keeps its connection would keep a stopping service alive, so from then on every answer ends it. */
export function endConnections(server: FastifyInstance, stopping: AbortSignal): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.aborted) void reply.header('connection', 'close');
    done(null, payload);
  });
}

export function measureRequests(server: FastifyInstance): void {
  register.clear();
  collectDefaultMetrics();
  const seconds = new Histogram({
    name: 'yidi_http_request_seconds',
    help: 'Duration of HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10],
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    seconds.observe(
      { method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}
