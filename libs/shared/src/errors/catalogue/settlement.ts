import { defineErrors } from '../entry.js';

export const settlementErrors = defineErrors({});
