import { Module } from '@nestjs/common';
import { DatedValues } from '#shared/rules';
import { DayJobs } from '#shared/service';
import { BoardController } from './board/board.controller.js';
import { ObligationBoardConsumer } from './board/obligation-board.consumer.js';
import { CausesConsumer } from './matter/causes.consumer.js';
import { MatterBook } from './matter/matter-book.js';
import { MatterRules } from './matter/matter-rules.js';
import { MatterController } from './matter/matter.controller.js';
import { WorkOnMatter } from './matter/work-on-matter.js';

/** 业务协同: matters between agencies, and the board of all obligations. */
@Module({
  controllers: [MatterController, BoardController, CausesConsumer, ObligationBoardConsumer],
  providers: [
    { provide: MatterRules, useFactory: () => new MatterRules(DatedValues.load('collaboration/matters.yaml')) },
    ...[MatterBook, WorkOnMatter],
  ],
})
export class CollaborationModule {
  constructor(jobs: DayJobs, workOnMatter: WorkOnMatter) {
    jobs.register({
      name: 'confirm-silent',
      articles: ['N59'],
      on: 'latest',
      run: (day, tx) => workOnMatter.confirmSilent(tx, day),
    });
  }
}
