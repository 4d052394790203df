import { packSchema } from '../apps/settlement/src/policy/read-pack.js';
import { caseSchema } from './cases/case-file.js';

const page = (title: string, schema: object): string =>
  `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }, null, 1)}\n`;

/** docs/policy-pack.schema.json: completes packs in an editor. The same fields read them, see policy/fields.ts. */
export const packSchemaPage = (): string => page('待遇政策包 policy pack', packSchema());

/** docs/case.schema.json: completes case files in an editor. */
export const caseSchemaPage = (): string => page('待遇案例 benefit cases', caseSchema());
