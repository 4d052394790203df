import type { Details } from '../../visit/visit.js';

/** Never kept beside a visit: numbers of certificates and cards, and what has a place of its own. */
const neverKept: ReadonlySet<string> = new Set([
  ...['mdtrt_cert_no', 'card_sn', 'certno', 'exp_content'],
  ...['psn_no', 'mdtrt_id', 'insutype', 'fixmedins_code', 'fixmedins_name'],
]);

/** What the hospital wrote beside what is reckoned with, by the names of the interface; flags as 0 and 1. */
export function detailsOf(node: Readonly<Record<string, unknown>>, except: readonly string[] = []): Details {
  const kept = Object.entries(node).filter(
    ([name, value]) => value !== null && !neverKept.has(name) && !except.includes(name) && typeof value !== 'bigint',
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === 'boolean' ? (value ? '1' : '0') : value]),
  );
}

/** Reads a kept text again; null where there is none. */
export const kept = (details: Details | null | undefined, name: string): string | null => {
  const value = details?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

export const keptFlag = (details: Details | null | undefined, name: string): '0' | '1' | null => {
  const value = kept(details, name);
  return value === null ? null : value === '1' ? '1' : '0';
};

export const keptNumber = (details: Details | null | undefined, name: string): number | null => {
  const value = details?.[name];
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
};
