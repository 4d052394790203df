import { runMigrationsFromCommandLine } from '#shared/service';
import { migrations } from './migrations/index.js';

await runMigrationsFromCommandLine('funds', migrations);
