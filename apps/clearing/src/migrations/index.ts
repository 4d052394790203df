import { DeductionsGivenBack } from './deductions-given-back.js';
import { ItemsAndPeriods } from './items-and-periods.js';

export const migrations = [ItemsAndPeriods, DeductionsGivenBack];
