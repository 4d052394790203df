import { Module } from '@nestjs/common';
import { AreaValues } from '#shared/rules';
import { AgentController } from './agent/agent.controller.js';
import { ArchiveController } from './archive/archive.controller.js';
import { BatchController } from './batch/batch.controller.js';
import { FileInBatch } from './batch/file-in-batch.js';
import { ApplyForFiling } from './filing/apply-for-filing.js';
import { CancelFiling } from './filing/cancel-filing.js';
import { ChangeFiling } from './filing/change-filing.js';
import { DecideFiling } from './filing/decide-filing.js';
import { ExtendFiling } from './filing/extend-filing.js';
import { FilingBook } from './filing/filing-book.js';
import { FilingDays } from './filing/filing-days.js';
import { FilingQueriesController } from './filing/filing-queries.controller.js';
import { FilingController } from './filing/filing.controller.js';
import { FilingRules } from './filing/filing-rules.js';
import { FollowInsuredStatus } from './filing/follow-insured-status.js';
import { ReferPatient } from './filing/refer-patient.js';
import { RegisterFiling } from './filing/register-filing.js';
import { RemindApplicant } from './filing/remind-applicant.js';
import { SupplyMaterials } from './filing/supply-materials.js';
import { FormController } from './forms/form.controller.js';
import { ChangeInsuredStatus } from './person/change-insured-status.js';
import { InternalPersonController } from './person/internal-person.controller.js';
import { LookAtPersonController } from './person/look-at-person.controller.js';
import { MergePersons } from './person/merge-persons.js';
import { PersonBook } from './person/person-book.js';
import { PersonController } from './person/person.controller.js';
import { RegisterPerson } from './person/register-person.js';
import { RepublishState } from './person/republish-state.js';
import { RepublishController } from './person/republish.controller.js';
import { LoadPersons } from './person-file/load-persons.js';
import { PersonFileController } from './person-file/person-file.controller.js';
import { OpenedAreaController } from './public-list/opened-area.controller.js';
import { QualificationBook } from './qualification/qualification-book.js';
import { QualificationController } from './qualification/qualification.controller.js';
import { QualificationDays } from './qualification/qualification-days.js';
import { WorkOnQualification } from './qualification/work-on-qualification.js';
import { ReferralInstitutionController } from './referral-institution/referral-institution.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';

/** 登记备案: persons, their filings and qualifications, the hospitals that may refer, and those who may file. */
@Module({
  controllers: [
    PersonController,
    LookAtPersonController,
    InternalPersonController,
    FilingController,
    FilingQueriesController,
    QualificationController,
    ReferralInstitutionController,
    AgentController,
    PersonFileController,
    BatchController,
    OpenedAreaController,
    StatisticsController,
    ArchiveController,
    FormController,
    RepublishController,
  ],
  providers: [
    { provide: FilingRules, useFactory: () => FilingRules.load() },
    { provide: AreaValues, useFactory: () => AreaValues.load('filing/chronic-diseases.yaml') },
    ...[PersonBook, FilingBook, QualificationBook],
    ...[RegisterPerson, ChangeInsuredStatus, MergePersons],
    ...[RegisterFiling, ApplyForFiling, DecideFiling, CancelFiling, ChangeFiling, ExtendFiling, SupplyMaterials],
    ...[RemindApplicant, ReferPatient, FollowInsuredStatus, FilingDays],
    ...[WorkOnQualification, QualificationDays, LoadPersons, FileInBatch, RepublishState],
  ],
})
export class FilingModule {}
