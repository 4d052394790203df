import { Refusal, type Fields, type Node } from './model.js';

export const isFields = (node: Node | undefined): node is Fields =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

export const isGiven = (node: Node | undefined): node is Exclude<Node, null> =>
  node !== undefined && node !== null && node !== '';

export function fieldsOf(node: Node | undefined): Fields {
  return isFields(node) ? node : {};
}

export function listOf(node: Node | undefined): readonly Node[] {
  if (!isGiven(node)) return [];
  return Array.isArray(node) ? (node as readonly Node[]) : [node];
}

export const textsOf = (node: Node | undefined): string[] => listOf(node).map(textOf);

export function textOf(node: Node | undefined): string {
  if (typeof node === 'string') return node;
  throw new Refusal('PACK_WRONG', `a text is expected, not ${JSON.stringify(node)}`);
}
