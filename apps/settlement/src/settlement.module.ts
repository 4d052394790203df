import { Module } from '@nestjs/common';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { DatedValues } from '#shared/rules';
import { DayJobs, JsonLog, ServiceConfig } from '#shared/service';
import { AcceptedClauses } from './policy/accepted-clauses.js';
import { PolicyPacks } from './policy/policy-packs.js';
import { RecognisedPairs } from './policy/recognised-pairs.js';
import { AdviceController } from './advice/advice.controller.js';
import { AdviseRoutes } from './advice/advise-routes.js';
import { RouteNeeds } from './advice/route-needs.js';
import { WhatIf } from './advice/what-if.js';
import { AccountController } from './account/account.controller.js';
import { CreditAccount } from './account/credit-account.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { ImportCatalogue } from './catalogue/import-catalogue.js';
import { AnswerAudit } from './declaration/answer-audit.js';
import { AuditDeclaration } from './declaration/audit-declaration.js';
import { DeclarationController } from './declaration/declaration.controller.js';
import { DeclareCharges } from './declaration/declare-charges.js';
import { FinaliseAudit } from './declaration/finalise-audit.js';
import { MonthlyObligations } from './declaration/monthly-obligations.js';
import { Gateway } from './gateway/gateway.js';
import { GatewayController } from './gateway/gateway.controller.js';
import { MessageLog } from './gateway/message-log.js';
import { PersonTransactions } from './gateway/transactions/person-transactions.js';
import { ReconciliationTransactions } from './gateway/transactions/reconciliation-transactions.js';
import { SettlementTransactions } from './gateway/transactions/settlement-transactions.js';
import { VisitTransactions } from './gateway/transactions/visit-transactions.js';
import { HomeSide } from './home/home-side.js';
import { LocalHomeSide } from './home/local-home-side.js';
import { InstitutionController } from './institution/institution.controller.js';
import { InstitutionCredentials } from './institution/institution-credentials.js';
import { RegisterInstitution } from './institution/register-institution.js';
import { MonthlyRules } from './monthly-rules.js';
import { PayInstitution } from './payment/pay-institution.js';
import { PaymentController } from './payment/payment.controller.js';
import { FilingClient } from './person/filing-client.js';
import { FilingTopicsConsumer } from './person/filing-topics.consumer.js';
import { IdentifyPerson } from './person/identify-person.js';
import { ConfirmReconciliation } from './reconciliation/confirm-reconciliation.js';
import { ReconcileDetails } from './reconciliation/reconcile-details.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { RefundSettlement } from './settlement/refund-settlement.js';
import { SettlementCommitter } from './settlement/settlement-committer.js';
import { SettlementController } from './settlement/settlement.controller.js';
import { TrySettlement } from './settlement/try-settlement.js';
import { ChangeVisit } from './visit/change-visit.js';
import { FilingDuties } from './visit/filing-duties.js';
import { OpenVisit } from './visit/open-visit.js';
import { RecordLines } from './visit/record-lines.js';

const transactionGroups = [PersonTransactions, VisitTransactions, SettlementTransactions, ReconciliationTransactions];

/** 直接结算: the gateway of the hospitals, both sides of a settlement, reconciliation, declaration, audit and payment. */
@Module({
  controllers: [
    GatewayController,
    InstitutionController,
    CatalogueController,
    AccountController,
    AdviceController,
    SettlementController,
    ReconciliationController,
    DeclarationController,
    PaymentController,
    FilingTopicsConsumer,
  ],
  providers: [
    { provide: PolicyPacks, useFactory: () => PolicyPacks.load() },
    { provide: RouteNeeds, useFactory: () => RouteNeeds.load() },
    { provide: RecognisedPairs, useFactory: () => RecognisedPairs.load() },
    {
      provide: AcceptedClauses,
      useFactory: (config: ServiceConfig) => new AcceptedClauses(config.production, config.acceptUnconfirmed),
      inject: [ServiceConfig],
    },
    { provide: FilingDuties, useFactory: () => FilingDuties.load() },
    { provide: MonthlyRules, useFactory: () => new MonthlyRules(DatedValues.load('settlement/monthly.yaml')) },
    { provide: HomeSide, useClass: LocalHomeSide },
    ...transactionGroups,
    {
      provide: Gateway,
      useFactory: (
        clock: Clock,
        database: Database,
        credentials: InstitutionCredentials,
        messages: MessageLog,
        log: JsonLog,
        ...groups: InstanceType<(typeof transactionGroups)[number]>[]
      ) => new Gateway(clock, database, credentials, messages, log, groups),
      inject: [Clock, Database, InstitutionCredentials, MessageLog, JsonLog, ...transactionGroups],
    },
    ...[
      MessageLog,
      InstitutionCredentials,
      RegisterInstitution,
      ImportCatalogue,
      CreditAccount,
      FilingClient,
      IdentifyPerson,
    ],
    ...[AdviseRoutes, WhatIf],
    ...[OpenVisit, ChangeVisit, RecordLines, SettlementCommitter, TrySettlement, RefundSettlement],
    ...[
      ReconcileDetails,
      ConfirmReconciliation,
      DeclareCharges,
      AuditDeclaration,
      FinaliseAudit,
      AnswerAudit,
      MonthlyObligations,
      PayInstitution,
    ],
  ],
})
export class SettlementModule {
  constructor(
    jobs: DayJobs,
    monthlyObligations: MonthlyObligations,
    answerAudit: AnswerAudit,
    credentials: InstitutionCredentials,
  ) {
    jobs.register(monthlyObligations);
    jobs.register({
      name: 'lapse-objections',
      articles: ['H49'],
      on: 'latest',
      run: (day, tx) => answerAudit.lapse(tx, day),
    });
    jobs.register({
      name: 'forget-nonces',
      articles: ['P5.3'],
      on: 'latest',
      run: () => credentials.forgetOldNonces(),
    });
  }
}
