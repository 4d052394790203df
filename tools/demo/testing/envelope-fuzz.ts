import fc from 'fast-check';
import { interfaceTable, isInfno } from '#shared/national-interface';
import type { Field, Infno, List, Node, Shape, TransactionForm } from '#shared/national-interface';
import type { Json } from '../doors.js';

/** Values that are known to exist in the world, so that a good part of the messages goes far. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>;

const hostile = fc.constantFrom<unknown>(
  ...['', null, '0', '-1', '1e9', '-0.0', '99999999999999999999', '0000', "'; drop table visit; --", '<b>', '${1}'],
  ...[0, -0, 1e21, 0.1 + 0.2, -5, true, [], {}, [[]], '\u0000', '\ud800', '\u202e', '😀'.repeat(40), 'x'.repeat(5000)],
);

/** A value in one of the forms in which clients write it. */
function valueOf(name: string, field: Field, known: KnownValues): fc.Arbitrary<unknown> {
  const { form } = field;
  const plain: fc.Arbitrary<unknown> = form.startsWith('N')
    ? fc.oneof(
        fc.integer({ min: -500, max: 90_000 }),
        fc.integer({ min: 0, max: 9000 }).map((n) => (n / 100).toFixed(2)),
      )
    : form === 'D' || form === 'DT'
      ? fc.constantFrom(
          '2026-03-02',
          '2026-03-02 10:00:00',
          '2026-03-01T08:00',
          '2025-12-31 23:59:59',
          '1999-01-01',
          '2199-12-31',
        )
      : fc.oneof(
          fc.constantFrom('1', '01', '0', '11', '21', '310', '390', '02', '2'),
          fc.string({ maxLength: 20, unit: 'binary' }),
        );
  const existing = known[name];
  return existing === undefined || existing.length === 0
    ? plain
    : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...existing) }, { weight: 1, arbitrary: plain });
}

function partOf(name: string, part: Field | Node | List, known: KnownValues): fc.Arbitrary<unknown> {
  if (part.kind === 'field') return valueOf(name, part, known);
  const content = nodeOf(part.fields, known);
  const whole: fc.Arbitrary<unknown> = part.kind === 'list' ? fc.array(content, { maxLength: 3 }) : content;
  return fc.oneof(
    { weight: 12, arbitrary: whole },
    { weight: 1, arbitrary: content.map((one) => JSON.stringify(one)) },
  );
}

function nodeOf(shape: Shape, known: KnownValues): fc.Arbitrary<Json> {
  const entries = Object.entries(shape).map(([name, part]) => {
    const value = partOf(name, part, known);
    const kept = part.need === 'needed' ? fc.constant(true) : fc.boolean();
    const key = fc.constantFrom(name, ...part.aliases);
    return fc.tuple(key, fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: hostile }), kept);
  });
  return fc
    .tuple(...entries)
    .map((all) => Object.fromEntries(all.flatMap(([key, value, kept]) => (kept ? [[key, value] as const] : []))));
}

export interface FuzzedMessage {
  readonly infno: string;
  readonly input: unknown;
  /** What is spoiled in the envelope around it. */
  readonly envelope: Json;
}

/** 交易 of the table with an input made from its own schema, sometimes with a spoiled envelope. */
export function fuzzedMessage(known: KnownValues): fc.Arbitrary<FuzzedMessage> {
  const spoiled = fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom('msgid', 'infno', 'insuplc_admdvs', 'mdtrtarea_admvs', 'inf_time', 'opter', 'nobody_knows'),
        hostile,
      ),
    },
  );
  const numbers = (Object.keys(interfaceTable) as Infno[]).map((infno) => {
    const form: TransactionForm = interfaceTable[infno];
    return fc.record({
      infno: fc.constantFrom(infno as string, infno.endsWith('A') ? infno : `${infno}A`),
      input: fc.oneof(
        { weight: 20, arbitrary: nodeOf(form.request, known) },
        { weight: 1, arbitrary: nodeOf(form.request, known).map((one) => JSON.stringify(one)) },
        { weight: 1, arbitrary: hostile },
      ),
      envelope: spoiled,
    });
  });
  return fc.oneof(...numbers);
}

/** A real message with something changed at a random place: another value, a key gone, a key twice as long. */
export function mutated(samples: readonly { infno: string; input: Json }[]): fc.Arbitrary<FuzzedMessage> {
  return fc
    .record({
      sample: fc.constantFrom(...samples),
      places: fc.array(fc.tuple(fc.nat(200), hostile, fc.constantFrom('value', 'gone', 'list', 'text')), {
        maxLength: 4,
      }),
    })
    .map(({ sample, places }) => {
      const input = structuredClone(sample.input);
      for (const [at, value, how] of places) mutate(input, at, value, how);
      return { infno: sample.infno, input, envelope: {} };
    });
}

function mutate(root: Json, at: number, value: unknown, how: 'value' | 'gone' | 'list' | 'text'): void {
  const places: [Json, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push([node as Json, key]);
      visit(inner);
    }
  };
  visit(root);
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) return;
  const [node, key] = place;
  if (how === 'gone') Reflect.deleteProperty(node, key);
  else node[key] = how === 'list' ? [node[key], node[key]] : how === 'text' ? JSON.stringify(node[key]) : value;
}

/** What an answer must not be: a fault of ours, a raw text, or something that the interface does not have. */
export const numberOf = (infno: string): Infno | undefined =>
  isInfno(infno) ? infno : isInfno(infno.replace(/A$/, '')) ? (infno.replace(/A$/, '') as Infno) : undefined;
