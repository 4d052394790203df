import { setTimeout as sleep } from 'node:timers/promises';
import { atShanghai, dayOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import type { ServiceName } from '#shared/contracts';
import { answerProblems, GatewayClient } from '#shared/gateway-client';
import type { SendOptions } from '#shared/gateway-client';
import { baseInfno, isInfno } from '#shared/national-interface';
import { StoryBroken } from './story-broken.js';

export interface Agency {
  readonly agency: string;
  readonly level: 'nation' | 'province' | 'area' | 'institution' | 'operator';
  readonly roles: readonly string[];
  readonly subject: string;
  readonly institution?: string;
}

export interface DoorOptions {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly mint: (who: Agency) => Promise<string>;
}

export interface Credential {
  readonly paasid: string;
  readonly secret: string;
}

export type Json = Record<string, unknown>;

/** An answer of the gateway: always the six keys, whatever happened. */
export interface EnvelopeAnswer {
  readonly infcode: number;
  readonly err_msg: string;
  readonly output: Json | null;
}

export type HospitalName = Readonly<Record<'code' | 'name' | 'area', string>>;

/** A hospital's message before it leaves: everything in it can still be looked at or spoiled. */
export interface HospitalMessage {
  readonly infno: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly envelope: Json;
}

/** The public doors of the five services, as the people of the story use them: nothing else is touched. */
export class Doors {
  private readonly tokens = new Map<string, Promise<string>>();
  private readonly credentials = new Map<string, Credential>();
  private readonly clients = new Map<string, { area: string; client: GatewayClient }>();
  private clockDay: Day = '2025-09-01';
  private clockOffsetMs = 0;

  constructor(private readonly options: DoorOptions) {}

  get today(): Day {
    return this.clockDay;
  }

  /** One REST call of an agency; anything but a 2xx breaks the story. */
  async call<T = Json>(who: Agency, service: ServiceName, method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.ask(who, service, method, path, body);
    const text = await response.text();
    if (!response.ok)
      throw new StoryBroken(`${who.agency} ${method} ${service}${path}: ${response.status} ${text.slice(0, 600)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async bytes(who: Agency, service: ServiceName, path: string): Promise<Uint8Array> {
    const response = await this.ask(who, service, 'GET', path);
    if (!response.ok) throw new StoryBroken(`${service}${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** One REST call of an agency, whatever comes back. */
  async ask(who: Agency, service: ServiceName, method: string, path: string, body?: unknown): Promise<Response> {
    const key = JSON.stringify(who);
    const known = this.tokens.get(key);
    const token = known ?? this.options.mint(who);
    if (known === undefined) this.tokens.set(key, token);
    return fetch(this.options.urls[service] + path, {
      method,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  setCredential(institution: string, credential: Credential): void {
    this.credentials.set(institution, credential);
    this.clients.delete(institution);
  }

  credentialOf(institution: string): Credential | undefined {
    return this.credentials.get(institution);
  }

  now(): Date {
    return new Date(Date.now() + this.clockOffsetMs);
  }

  /** 发送方报文ID: institution code, time, sequence. */
  newMessageId(institution: HospitalName): string {
    return this.clientOf(institution).newMessageId();
  }

  /** The hospital's end of the wire; one for all its messages, because it counts them. */
  clientOf(institution: HospitalName): GatewayClient {
    const known = this.clients.get(institution.code);
    if (known !== undefined && known.area === institution.area) return known.client;
    const credential = this.credentials.get(institution.code);
    if (credential === undefined) throw new StoryBroken(`${institution.code} has no credential`);
    const now = (): Date => this.now();
    const client = new GatewayClient({ url: this.options.urls.settlement, institution, credential, now });
    this.clients.set(institution.code, { area: institution.area, client });
    return client;
  }

  /** A message of the national interface, signed for sending now. */
  message(institution: HospitalName, infno: string, input: Json, options: SendOptions = {}): HospitalMessage {
    const client = this.clientOf(institution);
    return { infno, headers: client.signed(), envelope: client.envelopeOf(infno, input, options) };
  }

  /** The headers of a signed call; they are good for one. */
  signature(institutionCode: string, now = this.now()): Record<string, string> {
    const known = this.clients.get(institutionCode)?.client;
    return (known ?? this.clientOf({ code: institutionCode, name: '', area: '' })).signed(now);
  }

  /** Puts a message on the wire as it is. */
  post({ infno, headers, envelope }: HospitalMessage): Promise<Response> {
    return this.postBytes(infno, headers, JSON.stringify(envelope));
  }

  postBytes(infno: string, headers: HospitalMessage['headers'], body: string | Buffer<ArrayBuffer>): Promise<Response> {
    return fetch(`${this.options.urls.settlement}/gateway/${infno}`, { method: 'POST', headers, body });
  }

  /** One call of a hospital system; the answer is checked against the interface, field by field. */
  async hospital(
    institution: HospitalName,
    infno: string,
    input: Json,
    options: SendOptions = {},
  ): Promise<EnvelopeAnswer> {
    const response = await this.post(this.message(institution, infno, input, options));
    const answer: unknown = await response.json();
    const base = baseInfno(infno);
    const problems = isInfno(base) ? answerProblems(base, answer) : [];
    if (problems.length > 0)
      throw new StoryBroken(`${infno} is answered outside the interface: ${problems.join('; ')}`);
    return answer as EnvelopeAnswer;
  }

  /** The same, where the answer has to be a success. */
  async settle(institution: HospitalName, infno: string, input: Json, options: SendOptions = {}): Promise<Json> {
    const answer = await this.hospital(institution, infno, input, options);
    if (answer.infcode !== 0) throw new StoryBroken(`${institution.code} ${infno}: ${answer.err_msg}`);
    return answer.output ?? {};
  }

  /** The operator moves the clock of all services; every day job in between has run when this returns. */
  moveTo(day: Day, time = '10:00'): Promise<void> {
    return this.moveToInstant(atShanghai(day, time));
  }

  async moveToInstant(instant: Date): Promise<void> {
    await this.untilQuiet();
    for (const service of Object.keys(this.options.urls) as ServiceName[]) {
      await this.call(operator, service, 'PUT', '/operations/clock', { now: instant.toISOString() });
    }
    this.clockOffsetMs = instant.getTime() - Date.now();
    this.clockDay = dayOf(instant);
    await this.untilQuiet();
  }

  /** A service that was started again has the wall clock; the operator gives it the time of the others, or a little more. */
  async tellTime(service: ServiceName, aheadSeconds = 0): Promise<void> {
    this.clockOffsetMs += aheadSeconds * 1_000;
    await this.call(operator, service, 'PUT', '/operations/clock', { now: this.now().toISOString() });
  }

  /** Waits until nothing is on its way: no outbox row unsent, no message unread, on all services, seen twice. */
  async untilQuiet(): Promise<void> {
    for (let quiet = 0, tries = 0; quiet < 2; tries += 1) {
      if (tries > 600) throw new StoryBroken('messages are still on their way after a minute');
      const flows = await Promise.all(
        (Object.keys(this.options.urls) as ServiceName[]).map((service) => this.flow(service)),
      );
      quiet = flows.every(({ outbox, lag }) => outbox === 0 && lag === 0) ? quiet + 1 : 0;
      if (quiet < 2) await sleep(quiet === 1 ? 20 : 60);
    }
  }

  flow(service: ServiceName): Promise<Flow> {
    return this.call<Flow>(operator, service, 'GET', '/operations/flow');
  }
}

export interface Flow {
  readonly outbox: number;
  readonly lag: number;
  readonly published: Record<string, number>;
  readonly consumed: Record<string, number>;
  readonly deadLettered: Record<string, number>;
}

export const operator: Agency = { agency: '000000', level: 'operator', roles: ['operator'], subject: 'operator' };
