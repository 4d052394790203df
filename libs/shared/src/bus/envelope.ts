import Type from 'typebox';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** 消息信封: what surrounds every payload on the wire. The key is the aggregate id, so order is kept per aggregate. */
export const envelopeSchema = Type.Object({
  id: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
  type: Type.String({ minLength: 1, maxLength: 100 }),
  version: Type.Integer({ minimum: 1 }),
  occurredAt: Type.String({ minLength: 20, maxLength: 40 }),
  producer: Type.String({ minLength: 1, maxLength: 40 }),
  aggregateId: Type.String({ minLength: 1, maxLength: 100 }),
  aggregateVersion: Type.Integer({ minimum: 0 }),
  correlationId: Type.String({ minLength: 1, maxLength: 100 }),
  causationId: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  payload: Type.Unknown(),
});

const compiled = Compile(envelopeSchema);
const utf8 = new TextDecoder('utf-8', { fatal: true });

export type Envelope<P = unknown> = Omit<Static<typeof envelopeSchema>, 'payload'> & { readonly payload: P };

/** A message that can never be processed, however often it is tried. */
export class UnreadableMessage extends Error {}

/** Reads an envelope from the bytes of a message; throws UnreadableMessage with a reason that shows no content. */
export function readEnvelope(bytes: Buffer): Envelope {
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(bytes));
  } catch {
    throw new UnreadableMessage('not JSON in UTF-8');
  }
  if (compiled.Check(parsed)) return parsed;
  const problems = compiled.Errors(parsed).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  throw new UnreadableMessage(`not an envelope: ${problems.slice(0, 3).join('; ')}`);
}
