import { PersonsAndFilings } from './persons-and-filings.js';
import { WholeFiling } from './whole-filing.js';

export const migrations = [PersonsAndFilings, WholeFiling];
