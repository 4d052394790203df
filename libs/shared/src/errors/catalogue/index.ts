import { clearingErrors } from './clearing.js';
import { collaborationErrors } from './collaboration.js';
import { commonErrors } from './common.js';
import { filingErrors } from './filing.js';
import { fundsErrors } from './funds.js';
import { reimbursementErrors } from './reimbursement.js';
import { declarationErrors } from './declaration.js';
import { gatewayErrors } from './gateway.js';
import { homeSideErrors } from './home-side.js';
import { settlementErrors } from './settlement.js';
import { visitErrors } from './visits.js';
import { visitPaperErrors } from './visit-papers.js';

/** The one catalogue of errors; docs/errors.md is generated from it. */
export const catalogue = {
  ...commonErrors,
  ...filingErrors,
  ...gatewayErrors,
  ...visitErrors,
  ...settlementErrors,
  ...homeSideErrors,
  ...declarationErrors,
  ...reimbursementErrors,
  ...visitPaperErrors,
  ...clearingErrors,
  ...fundsErrors,
  ...collaborationErrors,
};

export type ErrorCode = keyof typeof catalogue;
