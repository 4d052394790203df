export * from './trace.js';
export * from './envelope.js';
export * from './outbox.js';
export { BusTables } from './bus-tables.js';
export { Bus } from './bus.js';
export type { BusFlow, BusOptions } from './bus.js';
export { BusServer, RethrowFilter } from './bus-server.js';
export { DeadLetters } from './dead-letters.js';
export { KafkaPort } from './kafka-port.js';
