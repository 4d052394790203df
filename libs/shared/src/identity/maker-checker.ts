import { refuse } from '../errors/index.js';
import type { Refusal } from '../errors/index.js';

/** 经办与复核分离: money moves only when two people agree. */
export const samePerson = (maker: string, checker: string): Refusal | undefined =>
  maker === checker ? refuse('SAME_PERSON') : undefined;
