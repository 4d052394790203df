export * from './transaction.js';
export * from './database-errors.js';
export * from './database.js';
export * from './row-level-security.js';
export * from './migrate.js';
export * from './sql-migration.js';
