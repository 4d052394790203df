import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock } from '#shared/clock';
import { Database } from '#shared/database';
import { Sm2Verifier } from '#shared/gm-signature';
import { AreaValues, DatedValues } from '#shared/rules';
import { DayJobs, JsonLog, ServiceConfig } from '#shared/service';
import { AcceptedClauses } from './policy/accepted-clauses.js';
import { PlannedStopController } from './planned-stop/planned-stop.controller.js';
import { StopGuard } from './planned-stop/stop.guard.js';
import { StopWatch } from './planned-stop/stop-watch.js';
import { WorkOnStop } from './planned-stop/work-on-stop.js';
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
import { NormLinesController } from './declaration/norm-lines.controller.js';
import { FinaliseAudit } from './declaration/finalise-audit.js';
import { MonthlyObligations } from './declaration/monthly-obligations.js';
import { Gateway } from './gateway/gateway.js';
import { IdentifyCaller } from './gateway/caller/identify-caller.js';
import { CheckEntitlement } from './gateway/check-entitlement.js';
import { MessageLog } from './gateway/message-log.js';
import { InstitutionFiles } from './gateway/institution-files.js';
import { ReverseMessage } from './gateway/reverse-message.js';
import { InpatientTransactions } from './gateway/transactions/inpatient-transactions.js';
import { NetworkTransactions } from './gateway/transactions/network-transactions.js';
import { OutpatientTransactions } from './gateway/transactions/outpatient-transactions.js';
import { PersonTransactions } from './gateway/transactions/person-transactions.js';
import { QueryTransactions } from './gateway/transactions/query-transactions.js';
import { ReconciliationTransactions } from './gateway/transactions/reconciliation-transactions.js';
import { ReversalTransactions } from './gateway/transactions/reversal-transactions.js';
import { SelfPayTransactions } from './gateway/transactions/self-pay-transactions.js';
import { SessionTransactions } from './gateway/transactions/session-transactions.js';
import { SettlementTransactions } from './gateway/transactions/settlement-transactions.js';
import { UndoEffect } from './gateway/undo-effect.js';
import { HomeSide } from './home/home-side.js';
import { HomeSides } from './home/home-sides.js';
import { LocalHomeSide } from './home/local-home-side.js';
import { CounterpartClient } from './home/remote/counterpart-client.js';
import { Counterparts } from './home/remote/counterparts.js';
import { ExchangeRelay } from './home/remote/exchange-relay.js';
import { HomeDoor } from './home/remote/home-door.js';
import { HomeDoorController } from './home/remote/home-door.controller.js';
import { RemoteHomeSide } from './home/remote/remote-home-side.js';
import { GatewayTermsController } from './institution/gateway-terms.controller.js';
import { InstitutionController } from './institution/institution.controller.js';
import { InstitutionCredentials } from './institution/institution-credentials.js';
import { AdmissionRules } from './institution/admission-rules.js';
import { AgreementBook } from './institution/agreement-book.js';
import { ChangeAgreement } from './institution/change-agreement.js';
import { RegisterInstitution } from './institution/register-institution.js';
import { DownloadItemLines } from './item-lines/download-item-lines.js';
import { ItemLinesController } from './item-lines/item-lines.controller.js';
import { OweItemLines } from './item-lines/owe-item-lines.js';
import { MonthlyRules } from './monthly-rules.js';
import { PayInstitution } from './payment/pay-institution.js';
import { PaymentMethods } from './payment/method/payment-methods.js';
import { PayCases } from './payment/pay-cases.js';
import { PaymentController } from './payment/payment.controller.js';
import { AskAboutPerson } from './person/ask-about-person.js';
import { CarryOverNumber } from './person/carry-over-number.js';
import { FilingClient } from './person/filing-client.js';
import { FilingTopicsConsumer } from './person/filing-topics.consumer.js';
import { IdentifyPerson } from './person/identify-person.js';
import { ConfirmReconciliation } from './reconciliation/confirm-reconciliation.js';
import { ReconcileDetails } from './reconciliation/reconcile-details.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { KeepSelfPayBill } from './self-pay/keep-self-pay-bill.js';
import { ApproveReimbursement } from './reimbursement/approve-reimbursement.js';
import { ComputeReimbursement } from './reimbursement/compute-reimbursement.js';
import { EndReimbursement } from './reimbursement/end-reimbursement.js';
import { KeepForReimbursement } from './reimbursement/keep-for-reimbursement.js';
import { OpenReimbursement } from './reimbursement/open-reimbursement.js';
import { PayReimbursement } from './reimbursement/pay-reimbursement.js';
import { ReimbursementController } from './reimbursement/reimbursement.controller.js';
import { ReimbursementRules } from './reimbursement/reimbursement-rules.js';
import { RefundSettlement } from './settlement/refund-settlement.js';
import { ReinstateSettlement } from './settlement/reinstate-settlement.js';
import { PrepareBill } from './settlement/prepare-bill.js';
import { SettleBill } from './settlement/settle-bill.js';
import { SettlementCommitter } from './settlement/settlement-committer.js';
import { SettlementController } from './settlement/settlement.controller.js';
import { TrySettlement } from './settlement/try-settlement.js';
import { ChangeVisit } from './visit/change-visit.js';
import { FilingDuties } from './visit/filing-duties.js';
import { OpenVisit } from './visit/open-visit.js';
import { RecordLines } from './visit/record-lines.js';
import { UndoVisit } from './visit/undo-visit.js';
import { VisitController } from './visit/visit.controller.js';
import { PaperFiles } from './visit-papers/paper-files.js';
import { ReadVisitPapers } from './visit-papers/read-visit-papers.js';
import { RecordVisitPapers } from './visit-papers/record-visit-papers.js';
import { SettlementSlipController } from './visit-papers/settlement-slip.controller.js';
import { VisitPaperController } from './visit-papers/visit-paper.controller.js';

const transactionGroups = [
  PersonTransactions,
  NetworkTransactions,
  OutpatientTransactions,
  InpatientTransactions,
  SettlementTransactions,
  ReversalTransactions,
  ReconciliationTransactions,
  SessionTransactions,
  SelfPayTransactions,
  QueryTransactions,
];

/** 直接结算: the gateway of the hospitals, both sides of a settlement, reconciliation, declaration, audit and payment. */
@Module({
  controllers: [
    GatewayTermsController,
    VisitController,
    InstitutionController,
    CatalogueController,
    AccountController,
    AdviceController,
    ItemLinesController,
    SettlementSlipController,
    VisitPaperController,
    SettlementController,
    ReconciliationController,
    DeclarationController,
    NormLinesController,
    PlannedStopController,
    PaymentController,
    ReimbursementController,
    FilingTopicsConsumer,
    HomeDoorController,
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
    { provide: HomeSide, useClass: HomeSides },
    {
      provide: Counterparts,
      useFactory: (config: ServiceConfig) => new Counterparts(config),
      inject: [ServiceConfig],
    },
    ...[LocalHomeSide, RemoteHomeSide, CounterpartClient, ExchangeRelay, HomeDoor],
    { provide: ReimbursementRules, useFactory: () => ReimbursementRules.load() },
    { provide: PaymentMethods, useFactory: () => PaymentMethods.load() },
    PayCases,
    { provide: AdmissionRules, useFactory: () => AdmissionRules.load() },
    ...[AgreementBook, ChangeAgreement, CarryOverNumber, StopWatch, WorkOnStop],
    { provide: APP_GUARD, useClass: StopGuard },
    { provide: AreaValues, useFactory: () => AreaValues.load('settlement/gateway.yaml') },
    Sm2Verifier,
    ...transactionGroups,
    {
      provide: Gateway,
      useFactory: (
        clock: Clock,
        database: Database,
        callers: IdentifyCaller,
        messages: MessageLog,
        stops: StopWatch,
        log: JsonLog,
        ...groups: InstanceType<(typeof transactionGroups)[number]>[]
      ) => new Gateway(clock, database, callers, messages, stops, log, groups),
      inject: [Clock, Database, IdentifyCaller, MessageLog, StopWatch, JsonLog, ...transactionGroups],
    },
    ...[IdentifyCaller, CheckEntitlement, InstitutionFiles, ReverseMessage, UndoEffect, UndoVisit],
    ...[KeepSelfPayBill, ReinstateSettlement],
    ...[KeepForReimbursement, OpenReimbursement, ComputeReimbursement, ApproveReimbursement],
    ...[PayReimbursement, EndReimbursement],
    ...[
      MessageLog,
      InstitutionCredentials,
      RegisterInstitution,
      ImportCatalogue,
      CreditAccount,
      FilingClient,
      AskAboutPerson,
      IdentifyPerson,
    ],
    ...[AdviseRoutes, WhatIf],
    ...[DownloadItemLines, OweItemLines, PaperFiles, ReadVisitPapers, RecordVisitPapers],
    ...[
      OpenVisit,
      ChangeVisit,
      RecordLines,
      SettlementCommitter,
      SettleBill,
      PrepareBill,
      TrySettlement,
      RefundSettlement,
    ],
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
    itemLines: OweItemLines,
  ) {
    jobs.register(monthlyObligations);
    jobs.register(itemLines);
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
