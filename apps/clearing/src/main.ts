import { bootService } from '#shared/service';
import { ClearingModule } from './clearing.module.js';

await bootService('clearing', ClearingModule);
