import type { Day } from '#shared/clock';

/** 报销案件编号: B, home area, day, sequence. Settlements begin with S, so that the two can stand in one book. */
export const caseNumber = (homeArea: string, on: Day, sequence: bigint): string =>
  `B${homeArea}${on.replaceAll('-', '')}${String(sequence).padStart(9, '0')}`;

/** Whether what fee lines belong to is a reimbursement of home, and no direct settlement. */
export const isCaseNumber = (id: string | null | undefined): id is string => id?.startsWith('B') === true;

/** 参保地账的编号 of one try to have a case granted; a try that came to nothing is never repeated under its id. */
export const grantId = (caseNo: string, sequence: bigint): string => `${caseNo}-${sequence}`;

/** What takes a grant back in the home side's book. */
export const cancellationOf = (grant: string): string => `${grant}-C`;

/** SQL: entries of the home side's book that rest on a direct settlement; hospitals have no part in the others. */
export const isDirect = `settlement_id not like 'B%'`;
