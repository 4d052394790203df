import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { streamedType } from './request-bodies.js';

export const csvType = streamedType;
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const pdfType = 'application/pdf';

/** Lets a service take files: a CSV arrives as a stream of any length, an XLSX as bytes within the body limit. */
export function acceptFiles(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(csvType, (_request, payload, done) => {
    done(null, payload);
  });
  server.addContentTypeParser(xlsxType, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}
