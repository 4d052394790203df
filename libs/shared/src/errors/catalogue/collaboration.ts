import { defineErrors } from '../entry.js';

export const collaborationErrors = defineErrors({});
