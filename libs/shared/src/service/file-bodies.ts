import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { csvType, xlsxType } from './request-bodies.js';

export { csvType, xlsxType };
export const pdfType = 'application/pdf';

/** Lets a service take files: each arrives as a stream, and whoever reads it says how long it may be. */
export function acceptFiles(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser([csvType, xlsxType], (_request, payload, done) => {
    done(null, payload);
  });
}
