export * from './caller.js';
export * from './roles.js';
export * from './agency-tokens.js';
export * from './agency.guard.js';
export * from './hospital-signature.js';
export * from './service-call.js';
export * from './identity-numbers.js';
export * from './maker-checker.js';
