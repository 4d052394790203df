import { Module } from '@nestjs/common';
import { DatedValues } from '#shared/rules';
import { DayJobs } from '#shared/service';
import { ClearingTopicsConsumer } from './item/clearing-topics.consumer.js';
import { IssueNotices } from './notice/issue-notices.js';
import { ClearingCalendar } from './period/clearing-calendar.js';
import { ConfirmTables } from './period/confirm-tables.js';
import { MakeTables } from './period/make-tables.js';
import { OpenPeriod } from './period/open-period.js';
import { PeriodController } from './period/period.controller.js';
import { UploadCosts } from './period/upload-costs.js';
import { NettingProvinces } from './tables/netting-provinces.js';

/** 清算: audited settlements by period, tables, confirmation, notices, netting inside a province. */
@Module({
  controllers: [PeriodController, ClearingTopicsConsumer],
  providers: [
    { provide: ClearingCalendar, useFactory: () => new ClearingCalendar(DatedValues.load('clearing/calendar.yaml')) },
    { provide: NettingProvinces, useFactory: () => NettingProvinces.load() },
    ...[UploadCosts, MakeTables, OpenPeriod, ConfirmTables, IssueNotices],
  ],
})
export class ClearingModule {
  constructor(jobs: DayJobs, openPeriod: OpenPeriod, makeTables: MakeTables) {
    jobs.register(openPeriod);
    jobs.register(makeTables);
  }
}
