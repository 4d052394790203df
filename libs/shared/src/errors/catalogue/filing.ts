import { defineErrors } from '../entry.js';

export const filingErrors = defineErrors({});
