import { bootService } from '#shared/service';
import { FundsModule } from './funds.module.js';

await bootService('funds', FundsModule);
