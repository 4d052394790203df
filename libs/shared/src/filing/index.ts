export * from './covers.js';
export * from './both-ends.js';
export * from './filing-reach.js';
export * from './insured.js';
export * from './materials.js';
export * from './qualified.js';
