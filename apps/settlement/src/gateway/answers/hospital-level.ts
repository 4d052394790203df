import type { Institution } from '../../institution/institution.js';

const levels: Record<Institution['level'], string> = { L0: '9', L1: '1', L2: '2', L3: '3', L3P: '3' };

/** 医院等级 as the settlement queries write it: 1 一级, 2 二级, 3 三级, 9 未定级. */
export const hospitalLevelOf = (level: Institution['level']): string => levels[level];
