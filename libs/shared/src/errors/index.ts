export * from './entry.js';
export * from './refusal.js';
export { catalogue } from './catalogue/index.js';
export type { ErrorCode } from './catalogue/index.js';
