import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

/** /docs: the interface page, made from the controllers when somebody first asks for it. */
export function serveApiPage(app: INestApplication, service: string): void {
  let document: OpenAPIObject | undefined;
  const description = new DocumentBuilder().setTitle(`Yidi 异地 · ${service}`).setVersion('1').addBearerAuth().build();
  SwaggerModule.setup('docs', app, () => (document ??= SwaggerModule.createDocument(app, description)));
}
