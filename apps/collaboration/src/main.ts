import { bootService } from '#shared/service';
import { CollaborationModule } from './collaboration.module.js';

await bootService('collaboration', CollaborationModule);
