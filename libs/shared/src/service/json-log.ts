import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { traceIfAny } from '../bus/index.js';

const identityNumber = /\b\d{6}(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]\b/g;
/** Nest tells every module and route at the start; that is for debugging only. */
const nestStartUp = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);
const hide = (text: string): string => text.replace(identityNumber, '[identity number]');

/** JSON 日志: one line per event with the trace id; identity numbers never get through. */
export class JsonLog implements LoggerService {
  private readonly logger: Logger;

  constructor(service: string, level: string) {
    this.logger = pino({
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const traceId = traceIfAny()?.correlationId;
        return traceId === undefined ? {} : { traceId };
      },
    });
  }

  /** Something that happens all the time, in one line with its figures. */
  entry(message: string, figures: Readonly<Record<string, string | number>>): void {
    this.logger.info(figures, message);
  }

  log(message: unknown, context?: unknown): void {
    if (nestStartUp.has(String(context))) this.debug(message, context);
    else this.logger.info(fields(context), text(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.logger.warn(fields(context), text(message));
  }
  error(message: unknown, stack?: unknown, context?: unknown): void {
    const trouble = message instanceof Error ? message.stack : stack;
    this.logger.error(
      { ...fields(context), ...(typeof trouble === 'string' ? { stack: hide(trouble) } : {}) },
      text(message),
    );
  }
  debug(message: unknown, context?: unknown): void {
    this.logger.debug(fields(context), text(message));
  }
  verbose(message: unknown, context?: unknown): void {
    this.logger.trace(fields(context), text(message));
  }
}

const fields = (context: unknown): object => (typeof context === 'string' ? { context } : {});

function text(message: unknown): string {
  if (message instanceof Error) return hide(`${message.name}: ${message.message}`);
  return hide(typeof message === 'string' ? message : JSON.stringify(message));
}
