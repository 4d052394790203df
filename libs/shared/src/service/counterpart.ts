import Type from 'typebox';
import { Compile } from 'typebox/compile';

const schema = Compile(
  Type.Array(
    Type.Object(
      {
        name: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
        areas: Type.Array(Type.String({ pattern: '^\\d{2,6}$' }), { minItems: 1 }),
        url: Type.String({ pattern: '^https?://' }),
        key: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
        deadlineMs: Type.Optional(Type.Integer({ minimum: 50, maximum: 30_000 })),
        matterAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
        pauseMs: Type.Optional(Type.Integer({ minimum: 0 })),
      },
      { additionalProperties: false },
    ),
  ),
);

/** 对端部署: another deployment that holds the home side, or the hospitals, of some areas. */
export interface Counterpart {
  readonly name: string;
  /** Beginnings of the area codes that it serves. */
  readonly areas: readonly string[];
  readonly url: string;
  /** Signs what the two say to each other; 64 hexadecimal digits. */
  readonly key: string;
  /** How long one of its answers may take. */
  readonly deadlineMs: number;
  /** How long the two may disagree before people hear of it. */
  readonly matterAfterMs: number;
  /** How long it is left alone after it failed again and again. */
  readonly pauseMs: number;
}

/** Empty text means none; undefined where it cannot be read. */
export function readCounterparts(text: string): Counterpart[] | undefined {
  if (text === '') return [];
  try {
    const given: unknown = JSON.parse(text);
    if (!schema.Check(given) || new Set(given.map(({ name }) => name)).size < given.length) return undefined;
    return given.map((one) => ({ deadlineMs: 3_000, matterAfterMs: 600_000, pauseMs: 10_000, ...one }));
  } catch {
    return undefined;
  }
}
