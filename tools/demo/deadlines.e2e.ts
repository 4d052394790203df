import { describe } from '@jest/globals';
import { clearingFunds } from './testing/clearing-funds.tests.js';
import { declaring } from './testing/declaring.tests.js';
import { openScene } from './testing/scene.js';

/** Two bills on their way from March to May; every test goes on where the one before it ended. */
describe('deadlines', () => {
  const scene = openScene();
  describe('what cannot be declared, audited or paid', () => {
    declaring(scene);
  });
  describe('what is cleared too late, confirmed too late, or paid without proof', () => {
    clearingFunds(scene);
  });
});
