import { Module } from '@nestjs/common';
import { DatedValues } from '#shared/rules';
import { ApplyForFiling } from './filing/apply-for-filing.js';
import { CloseFiling } from './filing/close-filing.js';
import { FilingBook } from './filing/filing-book.js';
import { FilingController } from './filing/filing.controller.js';
import { FilingRules } from './filing/filing-rules.js';
import { ReferPatient } from './filing/refer-patient.js';
import { InternalPersonController } from './person/internal-person.controller.js';
import { PersonController } from './person/person.controller.js';
import { RegisterPerson } from './person/register-person.js';
import { ReferralInstitutionController } from './referral-institution/referral-institution.controller.js';

/** 登记备案: persons, their filings, and the hospitals that may refer. */
@Module({
  controllers: [PersonController, InternalPersonController, FilingController, ReferralInstitutionController],
  providers: [
    { provide: FilingRules, useFactory: () => new FilingRules(DatedValues.load('filing/filing.yaml')) },
    FilingBook,
    RegisterPerson,
    ApplyForFiling,
    CloseFiling,
    ReferPatient,
  ],
})
export class FilingModule {}
