import type { MessageSubject } from './message-log.repository.js';

type Content = Readonly<Record<string, unknown>>;

/** Whom and which visit a message or its answer names, in whatever node. */
export function subjectOf(content: unknown): MessageSubject {
  return { personNo: firstText(content, 'psn_no'), visitId: firstText(content, 'mdtrt_id') };
}

function firstText(content: unknown, name: string): string | null {
  for (const node of nodesOf(content)) {
    const value = node[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** The content itself and the nodes in it; of a list only the first row, the others are about the same. */
function nodesOf(content: unknown): Content[] {
  if (!isNode(content)) return [];
  const inner = Object.values(content).map((value): unknown => (Array.isArray(value) ? value[0] : value));
  return [content, ...inner.filter(isNode)];
}

const isNode = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
