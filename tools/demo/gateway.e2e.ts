import { describe } from '@jest/globals';
import { gatewayFuzz } from './testing/gateway-fuzz.tests.js';
import { gatewayInterface } from './testing/gateway-interface.tests.js';
import { openScene } from './testing/scene.js';

/** The national interface over HTTP, whole: in one world, because starting five services costs more than the tests. */
describe('the door of the hospitals', () => {
  const scene = openScene();
  describe('every transaction, its main errors, and what must never happen', () => {
    gatewayInterface(scene);
  });
  describe('whatever comes in', () => {
    gatewayFuzz(scene);
  });
});
