export * from './service-config.js';
export * from './json-log.js';
export * from './refusal.filter.js';
export * from './day-jobs.js';
export * from './fields.js';
export * from './service.module.js';
export * from './boot-service.js';
export * from './run-migrations.js';
