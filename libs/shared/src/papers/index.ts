export * from './paper.js';
export * from './paper-words.js';
