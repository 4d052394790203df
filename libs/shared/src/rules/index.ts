export * from './rules-directory.js';
export * from './dated-values.js';
