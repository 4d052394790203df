import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventContract } from '../contracts/index.js';
import type { Transaction } from '../database/index.js';
import type { Envelope } from './envelope.js';

type Handler<P> = (event: Envelope<P>, tx: Transaction) => Promise<void>;

/** Marks the method that takes the messages of a contract; the compiler checks that it takes just these. */
export const OnEvent =
  <P>(contract: EventContract<P>) =>
  (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Handler<P>>): void => {
    (EventPattern(contract.topic) as MethodDecorator)(target, key, descriptor);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
