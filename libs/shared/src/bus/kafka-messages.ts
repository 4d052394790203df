/** What goes to a topic. */
export interface OutgoingMessage {
  readonly key: string | Buffer | null;
  readonly value: Buffer;
  readonly headers?: Record<string, string>;
}

export interface TopicMessages {
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
}

/** What comes from a topic. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** While a message is being handled: says to Kafka that we live, and tells whether the message is still ours. */
export interface Holding {
  /** Never fails: when Kafka has given the partition to somebody else, `stillOurs` says so from then on. */
  heartbeat(): Promise<void>;
  stillOurs(): boolean;
}

/** Answers whether the message was taken to its end; if not, it and all that follow it in its partition come again. */
export type MessageHandler = (message: IncomingMessage, holding: Holding) => Promise<boolean>;

export interface ConsumerState {
  readonly running: boolean;
  /** Milliseconds since Kafka last answered a request for messages, or a message was done. */
  readonly silentForMs: number;
  readonly reason: string;
}

export interface RunningConsumer {
  state(): ConsumerState;
  stop(): Promise<void>;
}

/** The broker will never take this message, however often it is tried. */
export class RefusedByBroker extends Error {}
