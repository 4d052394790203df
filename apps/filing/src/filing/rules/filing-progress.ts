import type { Day } from '#shared/clock';
import type { ValueSource } from '#shared/rules';
import type { Filing, FilingStatus } from '../filing.js';
import { filingStatusNames } from '../filing.transitions.js';
import { missingMaterials } from './missing-materials.js';

export interface FilingProgress {
  readonly filingNo: string;
  readonly status: FilingStatus;
  readonly statusName: string;
  /** By when the home agency decides. */
  readonly dueOn: Day | null;
  /** What is still to be brought, in words, and until when. */
  readonly missing: readonly string[];
  readonly missingUntil: Day | null;
  /** 补办之后: direct settlement, or reimbursement at home when the bill was paid privately before (H17). */
  readonly opens: 'direct-settlement' | 'reimbursement' | 'nothing';
  readonly next: string;
}

const closed: ReadonlySet<FilingStatus> = new Set(['rejected', 'cancelled', 'ended', 'unfiled', 'expired', 'replaced']);

/** 办理进度 (H17 H22): where a filing stands and what the applicant has to do. */
export function filingProgress(filing: Filing, rules: ValueSource, on: Day): FilingProgress {
  const { filingNo, status, category, dueOn, commitmentDueOn, dischargedOn, materials } = filing;
  const waitsForProof = commitmentDueOn !== null && !closed.has(status);
  const proof = materials.filter((code) => code !== 'commitment');
  const missing = waitsForProof ? missingMaterials(category, proof, rules, on) : [];
  return {
    filingNo,
    status,
    statusName: filingStatusNames[status],
    dueOn,
    missing,
    missingUntil: waitsForProof ? commitmentDueOn : null,
    opens: status !== 'effective' ? 'nothing' : dischargedOn === null ? 'direct-settlement' : 'reimbursement',
    next: nextStep(filing, missing),
  };
}

function nextStep(
  { status, dueOn, commitmentDueOn, dischargedOn, reason }: Filing,
  missing: readonly string[],
): string {
  if (status === 'applied') return `等待参保地经办机构于 ${dueOn ?? ''} 前办结。`;
  if (status === 'rejected') return `未予备案：${reason ?? ''}。补正后可重新申请。`;
  if (status === 'suspended') return '参保状态暂停，恢复后备案自动恢复。';
  if (status !== 'effective') return '备案已失效，需要时请重新申请。';
  if (dischargedOn !== null) return '请持票据回参保地办理手工报销。';
  if (missing.length > 0)
    return `请于 ${commitmentDueOn ?? ''} 前补齐：${missing.join('、')}；补齐前只能在备案地享受待遇。`;
  return '可在备案地联网定点医药机构直接结算。';
}
