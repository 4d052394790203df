import { AccumulatorsByBenefitYear } from './accumulators-by-benefit-year.js';
import { EpisodesAndPayments } from './episodes-and-payments.js';
import { HomeBillFacts } from './home-bill-facts.js';
import { InstitutionAgreements } from './institution-agreements.js';
import { CatalogueScopes } from './catalogue-scopes.js';
import { FilingCopyFacts } from './filing-copy-facts.js';
import { BillsThatClose } from './bills-that-close.js';
import { GatewayMessages } from './gateway-messages.js';
import { PapersAndLines } from './papers-and-lines.js';
import { PaymentMethodDifferences } from './payment-methods.js';
import { PersonAliases } from './person-aliases.js';
import { PlannedStops } from './planned-stops.js';
import { PeopleAndNetwork } from './people-and-network.js';
import { ReconciliationAndPayment } from './reconciliation-and-payment.js';
import { ReimbursementCases } from './reimbursement-cases.js';
import { SelfPayBills } from './self-pay-bills.js';
import { TwoSides } from './two-sides.js';
import { VisitLifecycle } from './visit-lifecycle.js';
import { VisitsAndSettlements } from './visits-and-settlements.js';

export const migrations = [
  PeopleAndNetwork,
  VisitsAndSettlements,
  ReconciliationAndPayment,
  AccumulatorsByBenefitYear,
  HomeBillFacts,
  EpisodesAndPayments,
  FilingCopyFacts,
  GatewayMessages,
  VisitLifecycle,
  BillsThatClose,
  SelfPayBills,
  TwoSides,
  ReimbursementCases,
  PapersAndLines,
  InstitutionAgreements,
  CatalogueScopes,
  PersonAliases,
  PlannedStops,
  PaymentMethodDifferences,
];
