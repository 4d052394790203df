export * from './day.js';
export * from './clock.js';
