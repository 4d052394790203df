import type { Day } from '#shared/clock';
import type { issueChanged, PayloadOf } from '#shared/contracts';

type Payload = PayloadOf<typeof issueChanged>;
export type MatterType = Payload['type'];
export type MatterCause = Payload['cause'];
export type MatterState = Payload['state'];
export type MatterEvent = 'answer' | 'agree' | 'dispute' | 'lapse' | 'close';

/** 问题协同事项 (N59): who asks, who is responsible, by when. The first receiver is responsible. */
export interface Matter {
  readonly matterNo: string;
  readonly type: MatterType;
  readonly cause: MatterCause;
  /** What it came from, so that the same cause never opens two; null for what an agency asks. */
  readonly reference: string | null;
  readonly subject: string;
  readonly details: string;
  readonly asker: string;
  readonly responsible: string;
  readonly state: MatterState;
  readonly openedOn: Day;
  readonly dueOn: Day;
  readonly answeredOn: Day | null;
  readonly answer: string | null;
  /** Until when the asker may dispute; then silence is consent. */
  readonly confirmBy: Day | null;
  readonly closedOn: Day | null;
  readonly reason: string | null;
  /** 1 until an answer is disputed; each dispute begins the next. */
  readonly round: number;
  readonly version: number;
}
