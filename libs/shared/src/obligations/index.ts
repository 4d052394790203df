export * from './obligation-tables.js';
export * from './obligation-book.js';
