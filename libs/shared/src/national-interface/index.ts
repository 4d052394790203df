export * from './field.js';
export * from './kinds.js';
export { readShape } from './read.js';
export * from './transaction-form.js';
export * from './envelope-form.js';
export * from './code-tables.js';
export * from './table.js';
