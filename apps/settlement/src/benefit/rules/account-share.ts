import { least } from '#shared/money';
import type { Fen } from '#shared/money';

/** 个人账户 (A11): pays what is left of the personal share, first-pay and own expense included, up to its balance. */
export const accountShare = (personalShareFen: Fen, balanceFen: Fen, useAccount: boolean): Fen =>
  useAccount && balanceFen > 0n ? least(personalShareFen, balanceFen) : 0n;
