export * from './fen.js';
export * from './ratio.js';
export * from './allocate.js';
