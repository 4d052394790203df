import { resolve } from 'node:path';

/** Where the dated YAML lives: the folder `rules` of the working directory, or what YIDI_RULES names. */
export const rulesDirectory = (): string => resolve(process.env['YIDI_RULES'] ?? 'rules');
