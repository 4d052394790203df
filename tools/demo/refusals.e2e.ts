import { describe } from '@jest/globals';
import { agencyCallers } from './testing/agency-callers.tests.js';
import { gatewayBills } from './testing/gateway-bills.tests.js';
import { gatewayCallers } from './testing/gateway-callers.tests.js';
import { gatewayOnce } from './testing/gateway-once.tests.js';
import { openScene, subject } from './testing/scene.js';

/** What the doors do not let in. One world for all of it, since starting five services costs more than any of the tests. */
describe('refusals', () => {
  const scene = openScene();
  subject('the doors of the agencies: who calls, what can be read, and whose it is', scene, agencyCallers);
  subject('the door of the hospitals: fees, bills and refunds', scene, gatewayBills);
  subject('the door of the hospitals: settled once, refunded once, never more than there is', scene, gatewayOnce);
  subject('the door of the hospitals: who calls, what can be read, and about whom', scene, gatewayCallers);
});
