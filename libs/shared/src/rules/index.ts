export * from './rules-directory.js';
export * from './dated-values.js';
export * from './area-values.js';
