import { describe } from '@jest/globals';
import { isolation } from './testing/isolation.tests.js';
import { openScene } from './testing/scene.js';
import { serviceDoors } from './testing/service-doors.tests.js';
import { stopping } from './testing/stopping.tests.js';

/** What all services stand on, seen from outside. */
describe('the service kit', () => {
  const scene = openScene();
  describe('health, figures, interface and logs', () => {
    serviceDoors(scene);
  });
  describe('schemas and rows', () => {
    isolation(scene);
  });
  describe('the end', () => {
    stopping(scene);
  });
});
