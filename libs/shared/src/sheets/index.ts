export * from './csv-rows.js';
export * from './xlsx-rows.js';
export * from './titled-rows.js';
export * from './simple-workbook.js';
export * from './csv-text.js';
export * from './streamed-workbook.js';
