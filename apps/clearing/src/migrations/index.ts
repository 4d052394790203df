import { ItemsAndPeriods } from './items-and-periods.js';

export const migrations = [ItemsAndPeriods];
