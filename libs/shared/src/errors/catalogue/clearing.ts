import { defineErrors } from '../entry.js';

export const clearingErrors = defineErrors({});
