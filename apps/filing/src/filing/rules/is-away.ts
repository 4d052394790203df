import { samePool } from '#shared/regions';

/** 异地 (N11): a place outside of the person's own pool; only there a filing is of use. */
export const isAway = (destination: string, homeArea: string): boolean => !samePool(destination, homeArea);
