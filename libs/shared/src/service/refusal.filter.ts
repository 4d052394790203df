import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentTrace } from '../bus/index.js';
import { isTransient, isUnstorableText } from '../database/index.js';
import { describe, RefusedException, refuse } from '../errors/index.js';
import type { Refusal } from '../errors/index.js';
import type { Clock } from '../clock/index.js';
import { MoneyFormatError } from '../money/index.js';
import type { JsonLog } from './json-log.js';
import { UnreadableRequest } from './request-bodies.js';

/** A door with an answer form of its own (the national envelope) says here how a refusal looks there. */
export type RefusalForm = (request: FastifyRequest, refusal: Refusal, at: Date) => object | undefined;

/** The one way errors leave a service: code, who must act, one sentence, what to do next. Never a raw text. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(
    private readonly log: JsonLog,
    private readonly clock: Clock,
    private readonly form: RefusalForm | undefined,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    this.answer(exception, host.switchToHttp().getRequest(), host.switchToHttp().getResponse());
  }

  /** The same for what goes wrong before Nest has a part in it. */
  answer(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const health = healthReport(exception);
    if (health !== undefined) {
      void reply.status(503).send(health);
      return;
    }
    const refusal = refusalOf(exception);
    if (refusal.code === 'INTERNAL' || refusal.code === 'BUSY') this.log.error(exception);
    const special = this.form?.(request, refusal, this.clock.now());
    if (special !== undefined) {
      void reply.status(200).send(special);
      return;
    }
    const { code, who, message, next, articles, http } = describe(refusal);
    void reply.status(http).send({ code, who, message, next, articles, traceId: currentTrace().correlationId });
  }
}

/** The report of a failed health check is an answer, not an error. */
function healthReport(exception: unknown): object | undefined {
  if (!(exception instanceof HttpException) || exception.getStatus() !== 503) return undefined;
  const body = exception.getResponse();
  return typeof body === 'object' ? body : undefined;
}

export function refusalOf(exception: unknown): Refusal {
  if (exception instanceof RefusedException) return exception.refusal;
  if (exception instanceof MoneyFormatError)
    return refuse('BAD_REQUEST', { detail: '金额应为两位小数的元，例如 12.34' });
  if (exception instanceof UnreadableRequest) return refuse('BAD_REQUEST', { detail: exception.detail });
  const status = statusOf(exception);
  if (status === 404 || status === 405) return refuse('NOT_FOUND', { what: '该接口' });
  if (status === 413) return refuse('TOO_LARGE');
  if (status === 415) return refuse('BAD_REQUEST', { detail: '正文的类型应为 application/json' });
  // Parsers and pipes quote the input in their own words; what is wrong with a form has been said before this.
  if (status === 400 || status === 414) return refuse('BAD_REQUEST', { detail: '地址或参数的格式不正确' });
  if (isUnstorableText(exception)) return refuse('BAD_REQUEST', { detail: '含有不能保存的字符' });
  return refuse(isTransient(exception) ? 'BUSY' : 'INTERNAL');
}

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const { statusCode } = (exception ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}
