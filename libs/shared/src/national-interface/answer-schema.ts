import Type from 'typebox';
import type { TProperties, TSchema } from 'typebox';
import type { Field, List, Node, Shape } from './field.js';

const strict = { additionalProperties: false } as const;

/** 严格应答: every key of the shape and no other; null only where the interface allows nothing to be said. */
export function answerSchema(shape: Shape): TSchema {
  const properties: TProperties = {};
  for (const [name, part] of Object.entries(shape)) properties[name] = partSchema(part);
  return Type.Object(properties, strict);
}

function partSchema(part: Field | Node | List): TSchema {
  if (part.kind === 'field') return part.need === 'needed' ? part.schema : Type.Union([part.schema, Type.Null()]);
  const content = answerSchema(part.fields);
  return part.kind === 'list' ? Type.Array(content) : content;
}
