export * from './gateway-client.js';
export * from './visit-messages.js';
