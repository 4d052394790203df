import { readFileSync } from 'node:fs';
import Type from 'typebox';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ClientCredential, ClientInstitution, TreatedPerson } from '#shared/gateway-client';

const text = Type.String({ minLength: 1 });

/** What a conformance run must know of a gateway: the answer of GET /simulator is one, a file written by hand another. */
const worldSchema = Type.Object({
  address: Type.Optional(Type.Object({ base: text })),
  clock: Type.Optional(Type.Object({ offsetSeconds: Type.Number() })),
  institutions: Type.Array(
    Type.Object({
      ...{ code: text, name: text, area: Type.String({ pattern: '^\\d{6}$' }) },
      ...{ paasid: Type.Optional(text), secret: Type.Optional(text) },
    }),
  ),
  persons: Type.Array(
    Type.Object({ ...{ personNo: text, name: text, identityNumber: text, scheme: text, home: text } }),
  ),
  conformance: Type.Object({
    ...{ hospital: text, otherHospital: Type.Optional(text), person: text, unknownCertificate: text },
    ...{ items: Type.Array(text, { minItems: 3, maxItems: 3 }), unknownItem: text, faultHeader: Type.Optional(text) },
  }),
});
const form = Compile(worldSchema);

export interface Hospital {
  readonly institution: ClientInstitution;
  readonly credential: ClientCredential;
}

/** The parts of a world as a run uses them. */
export interface ConformanceFacts {
  readonly url: string;
  readonly offsetMs: number;
  readonly hospital: Hospital;
  /** Undefined where there is no second hospital to try foreign visits with. */
  readonly other: Hospital | undefined;
  readonly person: TreatedPerson & { readonly home: string };
  readonly unknownCertificate: string;
  readonly items: readonly string[];
  readonly unknownItem: string;
  /** Where the gateway can cut the line on demand. */
  readonly faultHeader: string | undefined;
}

/** What is wrong with the world or the options, in one sentence for whoever called. */
export class WorldUnusable extends Error {}

export async function readWorld(source: string): Promise<unknown> {
  try {
    if (/^https?:\/\//.test(source)) return await (await fetch(source)).json();
    return JSON.parse(readFileSync(source, 'utf8'));
  } catch (error) {
    throw new WorldUnusable(`读不到世界文件 ${source}：${error instanceof Error ? error.message : String(error)}`);
  }
}

export function conformanceFacts(world: unknown, given: { url?: string; key?: string }): ConformanceFacts {
  if (!form.Check(world)) {
    const [first] = form.Errors(world);
    throw new WorldUnusable(`世界文件不完整：${first?.instancePath ?? ''} ${first?.message ?? ''}`);
  }
  const { conformance: named, clock, address } = world;
  const url = given.url ?? address?.base;
  const person = world.persons.find(({ personNo }) => personNo === named.person);
  if (url === undefined) throw new WorldUnusable('不知道网关地址：请给 --url');
  if (person === undefined) throw new WorldUnusable(`世界文件里没有人员 ${named.person}`);
  const hospital = hospitalOf(world, named.hospital, given.key);
  if (hospital === undefined) throw new WorldUnusable(`没有机构 ${named.hospital} 的凭证：请给 --key paasid:secret`);
  return {
    ...{ url: url.replace(/\/$/, ''), offsetMs: (clock?.offsetSeconds ?? 0) * 1000, hospital, person },
    other: named.otherHospital === undefined ? undefined : hospitalOf(world, named.otherHospital, undefined),
    ...{ unknownCertificate: named.unknownCertificate, items: named.items, unknownItem: named.unknownItem },
    faultHeader: named.faultHeader,
  };
}

function hospitalOf(
  { institutions }: Static<typeof worldSchema>,
  code: string,
  key: string | undefined,
): Hospital | undefined {
  const found = institutions.find((one) => one.code === code);
  const [paasid = found?.paasid, secret = found?.secret] = key === undefined ? [] : splitKey(key);
  if (found === undefined || paasid === undefined || secret === undefined) return undefined;
  return { institution: { code, name: found.name, area: found.area }, credential: { paasid, secret } };
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf(':');
  if (at < 1 || at === key.length - 1) throw new WorldUnusable('--key 应为 paasid:secret');
  return [key.slice(0, at), key.slice(at + 1)];
}
