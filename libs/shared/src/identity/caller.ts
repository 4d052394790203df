import type { AreaCode } from '../regions/index.js';
import { nation } from '../regions/index.js';
import type { AreaScope } from '../database/index.js';
import type { Role } from './roles.js';

export const callerLevels = ['nation', 'province', 'area', 'institution', 'operator'] as const;
export type CallerLevel = (typeof callerLevels)[number];

/** 调用方: who calls, for which agency, and what they may do; comes from the token and from nothing else. */
export interface Caller {
  readonly subject: string;
  readonly agency: AreaCode;
  readonly level: CallerLevel;
  readonly roles: readonly Role[];
  /** 定点医药机构编码, for the office of a hospital. */
  readonly institution?: string;
  readonly scope: AreaScope;
}

/** The rows an agency may see, as a prefix of area codes: the nation all, 430000 → 43, 430100 → 4301. */
export function scopeOf(agency: AreaCode): AreaScope {
  if (agency === nation) return { prefix: '*' };
  return { prefix: agency.replace(/(00)+$/, '') };
}

/** Whether an area belongs to what the caller's agency is responsible for. */
export const isWithin = (scope: AreaScope, area: AreaCode): boolean =>
  scope.prefix === '*' || area.startsWith(scope.prefix);
