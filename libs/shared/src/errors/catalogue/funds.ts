import { defineErrors } from '../entry.js';

export const fundsErrors = defineErrors({});
