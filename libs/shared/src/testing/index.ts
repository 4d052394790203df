export * from './test-servers.js';
export * from './test-service.js';
export * from './rest-test-service.js';
export * from './paper-gallery.js';
export * from './paper-text.js';
export * from './own-servers.js';
export * from './cut-proxy.js';
