import { shanghaiDateTime } from '#shared/clock';

export type StopState = 'announced' | 'draining' | 'stopped' | 'verified' | 'reopened' | 'cancelled';
export type StopEvent = 'drain' | 'stop' | 'wait' | 'verify' | 'reopen' | 'cancel';

/** 数量与金额 by name, as decimal texts: what must be the same before and after. */
export type Figures = Readonly<Record<string, string>>;

/** 停机切换 (P5.2 H83): a stop that was announced, and how far it is. */
export interface PlannedStop {
  readonly stopNo: number;
  readonly state: StopState;
  readonly reason: string;
  readonly announcedAt: Date;
  readonly announcedBy: string;
  readonly beginsAt: Date;
  readonly endsAt: Date;
  readonly figuresBefore: Figures | null;
  readonly figuresAfter: Figures | null;
  /** Why it was opened again in spite of a difference. */
  readonly reopenedBecause: string | null;
}

export const stopStateNames: Record<StopState, string> = {
  announced: '已预告',
  draining: '停止受理新业务',
  stopped: '停机',
  verified: '已核验恢复',
  reopened: '已说明恢复',
  cancelled: '已取消',
};

export const stopEventNames: Record<StopEvent, string> = {
  drain: '停止受理新业务',
  stop: '停机',
  wait: '等待在途业务',
  verify: '核验恢复',
  reopen: '说明恢复',
  cancel: '取消',
};

/** What a stop does to a caller at a moment: an announced one begins to drain by itself when its time has come. */
export const effectOf = ({ state, beginsAt }: Pick<PlannedStop, 'state' | 'beginsAt'>, now: Date): StopState =>
  state === 'announced' && now >= beginsAt ? 'draining' : state;

const minute = (instant: Date): string => shanghaiDateTime(instant).slice(0, 16);

/** 停机公告 in one sentence, for answers and lists. */
export const noticeOf = ({ beginsAt, endsAt, reason }: Pick<PlannedStop, 'beginsAt' | 'endsAt' | 'reason'>): string =>
  `系统计划于 ${minute(beginsAt)} 至 ${minute(endsAt)} 停机（${reason}）`;

export const stopTimes = ({ beginsAt, endsAt, reason }: PlannedStop): Record<'begin' | 'end' | 'reason', string> => ({
  begin: minute(beginsAt),
  end: minute(endsAt),
  reason,
});

export interface FigureDifference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** 切换后核验: every figure that is not what it was, names that are on one side only included. */
export function differingFigures(before: Figures, after: Figures): FigureDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((name) => ({ name, before: before[name] ?? '0', after: after[name] ?? '0' }))
    .filter((one) => one.before !== one.after);
}
