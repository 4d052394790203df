import { PersonsAndFilings } from './persons-and-filings.js';

export const migrations = [PersonsAndFilings];
