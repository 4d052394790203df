import { chargesAudited } from './charges-audited.js';
import { clearingNoticeIssued } from './clearing-notice-issued.js';
import { clearingPeriodClosed } from './clearing-period-closed.js';
import type { EventContract } from './define-event.js';
import { filingChanged } from './filing-changed.js';
import { institutionChanged } from './institution-changed.js';
import { insuredPersonChanged } from './insured-person-changed.js';
import { issueChanged } from './issue-changed.js';
import { obligationChanged } from './obligation-changed.js';
import { qualificationChanged } from './qualification-changed.js';
import { quotaChanged } from './quota-changed.js';
import { reconciliationMismatched } from './reconciliation-mismatched.js';
import { settlementCompleted } from './settlement-completed.js';
import { transferConfirmed } from './transfer-confirmed.js';
import { warningRaised } from './warning-raised.js';

export type ServiceName = 'filing' | 'settlement' | 'clearing' | 'funds' | 'collaboration';

interface Topics {
  readonly published: readonly EventContract[];
  readonly consumed: readonly EventContract[];
}

/** Who publishes and who listens: the whole conversation between the services, in one place. */
export const serviceTopics: Record<ServiceName, Topics> = {
  filing: { published: [filingChanged, insuredPersonChanged, qualificationChanged, obligationChanged], consumed: [] },
  settlement: {
    published: [settlementCompleted, chargesAudited, reconciliationMismatched, institutionChanged, obligationChanged],
    consumed: [filingChanged, insuredPersonChanged, qualificationChanged],
  },
  clearing: {
    published: [clearingPeriodClosed, clearingNoticeIssued, obligationChanged],
    consumed: [settlementCompleted, chargesAudited, transferConfirmed],
  },
  funds: {
    published: [warningRaised, transferConfirmed, quotaChanged, obligationChanged],
    consumed: [clearingPeriodClosed, clearingNoticeIssued],
  },
  collaboration: {
    published: [issueChanged, obligationChanged],
    consumed: [warningRaised, reconciliationMismatched, obligationChanged],
  },
};

export const allContracts: readonly EventContract[] = [
  ...new Set(Object.values(serviceTopics).flatMap(({ published }) => published)),
];
