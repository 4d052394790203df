export * from './signed-text.js';
export * from './sm3-digest.js';
export * from './sm2-verifier.js';
