import { describe } from '@jest/globals';
import { agencyCallers } from './testing/agency-callers.tests.js';
import { gatewayBills } from './testing/gateway-bills.tests.js';
import { gatewayCallers } from './testing/gateway-callers.tests.js';
import { gatewayOnce } from './testing/gateway-once.tests.js';
import { openScene } from './testing/scene.js';

/** What the doors do not let in. One world for all of it, since starting five services costs more than any of the tests. */
describe('refusals', () => {
  const scene = openScene();
  describe('the doors of the agencies: who calls, what can be read, and whose it is', () => {
    agencyCallers(scene);
  });
  describe('the door of the hospitals: fees, bills and refunds', () => {
    gatewayBills(scene);
  });
  describe('the door of the hospitals: settled once, refunded once, never more than there is', () => {
    gatewayOnce(scene);
  });
  describe('the door of the hospitals: who calls, what can be read, and about whom', () => {
    gatewayCallers(scene);
  });
});
