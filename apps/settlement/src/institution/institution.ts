import type { institutionChanged, PayloadOf } from '#shared/contracts';

/** 定点医药机构 of the network. */
export type Institution = PayloadOf<typeof institutionChanged>;
