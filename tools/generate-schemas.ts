import { packSchema } from '../apps/settlement/src/policy/read-pack.js';
import { caseSchema } from './cases/case-file.js';

/** docs/policy-pack.schema.json: completes packs in an editor. The same fields read them, see policy/fields.ts. */
export const packSchemaPage = (): string => page('待遇政策包 policy pack', packSchema());

/** docs/case.schema.json: completes case files in an editor. */
export const caseSchemaPage = (): string => page('待遇案例 benefit cases', caseSchema());

function page(title: string, schema: object): string {
  const definitions = new Map<string, { name: string; schema: unknown }>();
  const root = shared(schema, repeated(schema), definitions) as object;
  const $defs = Object.fromEntries([...definitions.values()].map(({ name, schema: one }) => [name, one]));
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return `${JSON.stringify({ $schema, title, ...root, $defs }, null, 1)}\n`;
}

const worthNaming = 120;

/** The parts of a schema that stand in it more than once and are long enough to be named. */
function repeated(schema: unknown): Set<string> {
  const seen = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const text = JSON.stringify(value);
    if (!Array.isArray(value) && text.length >= worthNaming) seen.set(text, (seen.get(text) ?? 0) + 1);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(schema);
  return new Set([...seen].flatMap(([text, count]) => (count > 1 ? [text] : [])));
}

function shared(
  value: unknown,
  names: ReadonlySet<string>,
  definitions: Map<string, { name: string; schema: unknown }>,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inner = (): unknown =>
    Array.isArray(value)
      ? value.map((one) => shared(one, names, definitions))
      : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shared(one, names, definitions)]));
  const text = JSON.stringify(value);
  if (!names.has(text) || isPropertyMap(value)) return inner();
  const known = definitions.get(text);
  if (known !== undefined) return { $ref: `#/$defs/${known.name}` };
  const entry = { name: `part${definitions.size + 1}`, schema: undefined as unknown };
  definitions.set(text, entry);
  entry.schema = inner();
  return { $ref: `#/$defs/${entry.name}` };
}

/** `properties` maps names to schemas; it is no schema itself and cannot be a reference. */
const isPropertyMap = (value: object): boolean =>
  !('type' in value || 'anyOf' in value || 'enum' in value || 'const' in value);
