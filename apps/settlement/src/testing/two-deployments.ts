import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Day } from '#shared/clock';
import type { Outcome } from '#shared/errors';
import { CutProxy } from '#shared/testing';
import type { SettleCommand } from '../settlement/bill.js';
import { SettleBill } from '../settlement/settle-bill.js';
import type { Settlement } from '../settlement/settlement.js';
import { ExchangeRelay } from '../home/remote/exchange-relay.js';
import { SettlementWorld } from './settlement-world.js';
import type { PersonFacts } from './settlement-world.js';

/** 湖南的备案服务: says of a person what the contracts' payloads say, at the door that services use among each other. */
export class FilingOfHunan {
  readonly people = new Map<string, object>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FilingOfHunan> {
    const server = createServer();
    const filing = new FilingOfHunan(server);
    server.on('request', (request, response) => {
      const known = filing.people.get(request.url?.split('/').pop() ?? '');
      response.writeHead(known === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known === undefined ? {} : { numbers: [known] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return filing;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What each side has of a person in the end, in fen. */
export interface Position {
  readonly fund: bigint;
  readonly account: bigint;
  readonly settlements: number;
}

/** 两个部署: hospitals of Shanghai in one, the home side of Hunan in the other, and a network between them that can be cut. */
export class TwoDeployments {
  private constructor(
    readonly shanghai: SettlementWorld,
    readonly hunan: SettlementWorld,
    readonly network: CutProxy,
    readonly filing: FilingOfHunan,
  ) {}

  static async start(day: Day): Promise<TwoDeployments> {
    const network = await CutProxy.start();
    const key = randomBytes(32).toString('hex');
    const hashKey = randomBytes(32).toString('hex');
    const filing = await FilingOfHunan.start();
    const terms = { key, deadlineMs: 1_500, matterAfterMs: 0, pauseMs: 500 };
    const environmentOf = (self: string, counterpart: object) => ({
      YIDI_IDENTITY_HASH_KEY: hashKey,
      YIDI_DEPLOYMENT: self,
      YIDI_COUNTERPARTS: JSON.stringify([{ ...terms, ...counterpart }]),
    });
    const hunan = await SettlementWorld.start(day, {
      environment: {
        ...environmentOf('hunan', { name: 'shanghai', areas: ['31'], url: 'http://127.0.0.1:1' }),
        FILING_URL: filing.url,
      },
      listen: true,
    });
    const shanghai = await SettlementWorld.start(day, {
      environment: environmentOf('shanghai', { name: 'hunan', areas: ['43'], url: network.url }),
    });
    network.target = await hunan.service.url();
    return new TwoDeployments(shanghai, hunan, network, filing);
  }

  async stop(): Promise<void> {
    await this.shanghai.stop();
    await this.hunan.stop();
    await this.network.stop();
    await this.filing.stop();
  }

  /** Known to both, as after an identification; the account is kept at home. */
  async person(facts: PersonFacts): Promise<void> {
    const { account, ...known } = facts;
    await this.hunan.person({ ...known, ...(account === undefined ? {} : { account }) });
    await this.shanghai.person(known);
  }

  async settle(command: SettleCommand): Promise<Outcome<Settlement>> {
    await this.shanghai.begin([command]);
    return this.shanghai.service.get(SettleBill).execute(command, '430100', () => '{}');
  }

  /** A round of the relay in which everything that is not at an end is told, whatever pause it is in. */
  async tellEverything(): Promise<void> {
    const relay = this.shanghai.service.get(ExchangeRelay);
    await relay.idle();
    await this.shanghai.service.query('update home_exchange set next_try_at = now() returning 1');
    await relay.run(0);
    await relay.idle();
  }

  async atTreatment(personNo: string): Promise<Position> {
    const [found] = await this.shanghai.service.query<Position>(
      `select coalesce(sum(fund_fen), 0)::bigint as fund, coalesce(sum(personal_account_fen), 0)::bigint as account,
              (count(*) filter (where kind = 'charge') - count(*) filter (where kind = 'refund'))::int as settlements
       from settlement where person_no = $1`,
      [personNo],
    );
    return found ?? { fund: 0n, account: 0n, settlements: 0 };
  }

  async atHome(personNo: string): Promise<Position> {
    const [found] = await this.hunan.service.query<Position>(
      `select coalesce(sum(fund_fen), 0)::bigint as fund, coalesce(sum(personal_account_fen), 0)::bigint as account,
              (count(*) filter (where refund_of is null) - count(*) filter (where refund_of is not null))::int as settlements
       from home_settlement where person_no = $1`,
      [personNo],
    );
    return found ?? { fund: 0n, account: 0n, settlements: 0 };
  }

  /** Exchanges that are not at an end yet, by their state. */
  async open(): Promise<string[]> {
    const found = await this.shanghai.service.query<{ state: string }>(
      `select state from home_exchange where state not in ('refused', 'confirmed', 'reversed', 'acknowledged') order by 1`,
    );
    return found.map(({ state }) => state);
  }
}
