import { acceptFiles, bootService } from '#shared/service';
import { FilingModule } from './filing.module.js';

await bootService('filing', FilingModule, { prepare: acceptFiles });
