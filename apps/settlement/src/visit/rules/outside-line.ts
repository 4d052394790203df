import type { Day } from '#shared/clock';
import type { Setting } from '../visit.js';

/** Why a line that was done elsewhere does not belong to the bill of this visit. */
export type OutsideFault = 'not-a-stay' | 'not-named' | 'own' | 'not-designated' | 'not-during-stay';

export interface OutsideLineFacts {
  readonly setting: Setting;
  readonly admittedOn: Day;
  readonly dischargedOn: Day | null;
  readonly occurredOn: Day;
  readonly institutionCode: string;
  /** 外检医院或外购药店编码 as the line names it; empty where it names none. */
  readonly outsideInstitution: string;
  /** Whether that institution is on the network, with its agreement in force. */
  readonly designated: boolean;
}

/**
 * 外院检查治疗与外购药 (N36 H57): only during a stay, at another designated hospital or pharmacy; then it is part of the stay's
 * bill, and the hospital of the stay answers for it. Undefined when it may be.
 */
export function outsideFault(line: OutsideLineFacts): OutsideFault | undefined {
  if (line.setting !== 'inpatient') return 'not-a-stay';
  if (line.outsideInstitution === '') return 'not-named';
  if (line.outsideInstitution === line.institutionCode) return 'own';
  if (!line.designated) return 'not-designated';
  const during = line.occurredOn >= line.admittedOn && line.occurredOn <= (line.dischargedOn ?? line.occurredOn);
  return during ? undefined : 'not-during-stay';
}

export const outsideFaultNames: Record<OutsideFault, string> = {
  'not-a-stay': '只有住院期间的外检外购可以纳入结算',
  'not-named': '没有外检医院（药店）编码 etip_hosp_code',
  own: '外检医院是本院',
  'not-designated': '外检医院（药店）不是本地有效的定点机构',
  'not-during-stay': '发生日期不在住院期间',
};
