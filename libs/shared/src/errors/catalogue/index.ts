import { clearingErrors } from './clearing.js';
import { collaborationErrors } from './collaboration.js';
import { commonErrors } from './common.js';
import { filingErrors } from './filing.js';
import { fundsErrors } from './funds.js';
import { reimbursementErrors } from './reimbursement.js';
import { settlementErrors } from './settlement.js';
import { visitPaperErrors } from './visit-papers.js';

/** The one catalogue of errors; docs/errors.md is generated from it. */
export const catalogue = {
  ...commonErrors,
  ...filingErrors,
  ...settlementErrors,
  ...reimbursementErrors,
  ...visitPaperErrors,
  ...clearingErrors,
  ...fundsErrors,
  ...collaborationErrors,
};

export type ErrorCode = keyof typeof catalogue;
