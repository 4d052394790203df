import { GatewayClient } from '#shared/gateway-client';
import type { SendOptions, TreatedVisit } from '#shared/gateway-client';
import { maskIdentityNumber } from '#shared/identity';
import { dayOf } from '#shared/clock';
import type { Day } from '#shared/clock';
import { formProblem, nothingComes, readAnswer, shownExchange, whateverComes } from './expectation.js';
import type { Expectation, Json } from './expectation.js';
import { Books } from './books.js';
import { CaseStopped } from './step.js';
import type { Step } from './step.js';
import type { ConformanceFacts, Hospital } from './world-file.js';

const prices = ['60.00', '132.52', '231.77'];
const deadlineMs = 60_000;

export interface DeskOptions extends SendOptions {
  /** The hospital that sends; the one that is tried unless said otherwise. */
  readonly as?: GatewayClient;
}

/** 自检窗口: sends step after step as a hospital would, and writes down what was expected and what came. */
export class Desk {
  readonly client: GatewayClient;
  readonly other: GatewayClient | undefined;
  readonly books = new Books();
  signNo: string | undefined;
  private steps: Step[] = [];
  private visits = 0;
  private readonly run = Date.now().toString(36).slice(-6).toUpperCase();

  constructor(
    readonly facts: ConformanceFacts,
    /** Every answer must also have the form of the interface, field by field. */
    private readonly strict: boolean,
  ) {
    this.client = this.clientOf(facts.hospital);
    this.other = facts.other === undefined ? undefined : this.clientOf(facts.other);
  }

  clientOf({ institution, credential }: Hospital): GatewayClient {
    const now = (): Date => this.now();
    return new GatewayClient({ url: this.facts.url, path: '', institution, credential, now, deadlineMs });
  }

  now(): Date {
    return new Date(Date.now() + this.facts.offsetMs);
  }

  get today(): Day {
    return dayOf(this.now());
  }

  get home(): { readonly home: string } {
    return { home: this.facts.person.home };
  }

  /** A new visit of today with three items, 424.29 yuan in all. */
  newVisit(kind: TreatedVisit['kind']): TreatedVisit {
    this.visits += 1;
    const lines = this.facts.items.map((code, index) => ({
      ...{ code, ownCode: `OWN${index + 1}`, price: prices[index] ?? '1.00', quantity: 1 },
    }));
    return {
      ...{ id: `K${this.run}${this.visits}`, person: this.facts.person, kind, lines, useAccount: true },
      ...{ medType: kind === 'inpatient' ? '21' : '11', admittedOn: this.today, settledOn: this.today },
    };
  }

  /** One step; answers the output, empty where there is none. */
  async step(
    title: string,
    expectation: Expectation,
    infno: string,
    input: object,
    options: DeskOptions = {},
  ): Promise<Json> {
    const { as = this.client, ...given } = options;
    const msgid = given.msgid ?? as.newMessageId();
    const signNo = this.signNo === undefined ? {} : { signNo: this.signNo };
    const exchange = await as.exchange(infno, input, { ...this.home, ...signNo, ...given, msgid });
    const asHoped = expectation === nothingComes || expectation === whateverComes;
    const problem =
      expectation.problem(exchange) ?? (this.strict && !asHoped ? formProblem(infno, exchange) : undefined);
    const came = problem === undefined ? shownExchange(exchange) : problem;
    const answer = exchange.kind === 'answer' ? exchange.body : null;
    this.steps.push({
      ...{ title, infno, msgid, expected: expectation.words, came, passed: problem === undefined },
      ...{ sent: this.masked(input), answer: this.masked(answer) },
    });
    return (exchange.kind === 'answer' ? readAnswer(exchange.body)?.output : undefined) ?? {};
  }

  /** A step without which the case has no sense to go on. */
  async must(
    title: string,
    expectation: Expectation,
    infno: string,
    input: object,
    options?: DeskOptions,
  ): Promise<Json> {
    const output = await this.step(title, expectation, infno, input, options);
    if (this.steps.at(-1)?.passed !== true) throw new CaseStopped(`“${title}”没有通过，后续步骤不再进行`);
    return output;
  }

  /** 应答丢失: the line is cut where the gateway can do that on demand; otherwise the answer is not read. */
  async lose(title: string, infno: string, input: object, msgid: string): Promise<void> {
    const { faultHeader } = this.facts;
    if (faultHeader === undefined) {
      await this.step(title, whateverComes, infno, input, { msgid });
      return;
    }
    await this.must(title, nothingComes, infno, input, { msgid, headers: { [faultHeader]: 'cut-after-commit' } });
  }

  /** Tidying up after a case that stopped half-way: nobody looks at what comes. */
  async quietly(infno: string, input: object): Promise<void> {
    await this.client.exchange(infno, input, {
      ...this.home,
      ...(this.signNo === undefined ? {} : { signNo: this.signNo }),
    });
  }

  /** A report may be passed on; the person's certificate number is not. */
  private masked(content: unknown): unknown {
    const { identityNumber } = this.facts.person;
    return JSON.parse(JSON.stringify(content).replaceAll(identityNumber, maskIdentityNumber(identityNumber)));
  }

  /** The steps since the last time this was asked. */
  takeSteps(): Step[] {
    const steps = this.steps;
    this.steps = [];
    return steps;
  }
}
