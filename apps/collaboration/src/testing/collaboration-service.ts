import type { Day } from '#shared/clock';
import { TestService } from '#shared/testing';
import { CollaborationModule } from '../collaboration.module.js';
import { migrations } from '../migrations/index.js';

export const startCollaboration = (day: Day, options: { bus?: boolean } = {}): Promise<TestService> =>
  TestService.start({ service: 'collaboration', feature: CollaborationModule, migrations, day, ...options });
